// The place to write: grows, counts near the limit, Enter sends, Shift+Enter breaks the line, an input method is left in peace.
import { byId } from "/static/shell/elements.js";
import * as draft from "./draft.js";

const MAX_CHARACTERS = 500;
const NEAR_LIMIT = 450;
const form = byId("composer", HTMLFormElement);
const text = byId("text", HTMLTextAreaElement);
const wrong = byId("wrong");
const count = byId("count");

/** @param {(words: string) => void} send */
export function start(send) {
  const submit = () => {
    const words = text.value.trim();
    const fault = faultOf(words);
    complain(fault);
    if (!fault) {
      replace("");
      send(words);
    }
    text.focus();
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  text.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  text.addEventListener("input", () => {
    complain("");
    fit();
    draft.keep(text.value);
  });
  putBack(draft.kept());
  addEventListener("resize", fit);
}

/** Give a refused text back for mending, unless something else is being written. @param {string} words */
export function putBack(words) {
  if (text.value || !words) return;
  text.value = words;
  fit();
  text.focus();
}

/** Put spoken words after what is written; whether they stand alone. @param {string} words */
export function add(words) {
  const alone = !text.value.trim();
  replace(alone ? words : `${text.value.trimEnd()}，${words}`);
  return alone;
}

/** Put other words in the place of what is written. @param {string} words */
export function replace(words) {
  text.value = words;
  complain("");
  fit();
  draft.keep(words);
}

/** What is written waits to be read and sent: by keyboard from its end, on a touch screen without calling up the keyboard. */
export function ready() {
  if (!matchMedia("(hover: hover)").matches) return;
  text.focus({ preventScroll: true });
  text.setSelectionRange(text.value.length, text.value.length);
}

/** Where the keyboard goes on after a button has done its work; on a touch screen no keyboard is called up. */
export function goOn() {
  if (matchMedia("(hover: hover)").matches) text.focus({ preventScroll: true });
  else byId("messages").focus({ preventScroll: true });
}

/** What is wrong with a text, nothing if it can be sent. @param {string} words */
function faultOf(words) {
  const length = [...words].length;
  if (!length) return "没有看到文字。请写一句您要问的话，比如「领失业金要带什么」。";
  if (length > MAX_CHARACTERS) return `这段话有${length}个字，一次最多${MAX_CHARACTERS}个字。请先说最要紧的，剩下的下一条再说。`;
  return "";
}

/** @param {string} fault */
function complain(fault) {
  wrong.textContent = fault;
  if (fault) text.setAttribute("aria-invalid", "true");
  else text.removeAttribute("aria-invalid");
}

function fit() {
  text.style.height = "auto";
  text.style.height = `${text.scrollHeight + 2}px`;
  const length = [...text.value.trim()].length;
  count.hidden = length < NEAR_LIMIT;
  count.textContent = length > MAX_CHARACTERS ? `多了${length - MAX_CHARACTERS}个字，一次最多${MAX_CHARACTERS}个字` : `还能写${MAX_CHARACTERS - length}个字`;
}
