// An application form filled in on the screen: nothing is sent or stored; what is empty is named once before printing.
import { allWithin, byId, within } from "/static/shell/elements.js";

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Input */

const fields = allWithin(byId("fields"), ":scope > *");
let warned = "";

/** The inputs of a field: one to write in, or the radio buttons of a choice. @param {HTMLElement} field */
const inputsOf = (field) => /** @type {Input[]} */ (allWithin(field, "input, textarea"));

/** @param {HTMLElement} field */
function valueOf(field) {
  return (inputsOf(field).find((input) => input.type !== "radio" || input.matches(":checked"))?.value ?? "").trim();
}

/** Count what is written of a number: which lengths are right, the server says; nothing is read here. @param {HTMLElement} field */
function check(field) {
  const length = (valueOf(field).match(/[\p{L}\p{N}]/gu) ?? []).length; // blanks and strokes group, as on the card
  const { least = "0", most = "Infinity", wrong: sentence = "" } = field.dataset;
  const wrong = length && (length < Number(least) || length > Number(most)) ? sentence : "";
  within(field, ".wrong").textContent = wrong;
  for (const input of inputsOf(field)) {
    if (wrong) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }
}

/** What is written also stands there as text, which prints in full. @param {HTMLElement} field */
function mirror(field) {
  for (const copy of allWithin(field, ".filled")) copy.textContent = inputsOf(field)[0].value;
}

function printFilled() {
  const empty = fields.filter((field) => "required" in field.dataset && !valueOf(field)).map((field) => field.dataset.label);
  const sentence = empty.length ? `还没填：${empty.join("、")}。可以再点一次打印，用笔补上。` : "";
  byId("left").textContent = sentence;
  if (sentence && sentence !== warned && empty.length < fields.length) {
    warned = sentence;
    return;
  }
  print();
}

function clear() {
  for (const field of fields) {
    for (const input of inputsOf(field)) {
      if (input instanceof HTMLInputElement && input.type === "radio") input.checked = false;
      else input.value = "";
    }
    check(field);
    mirror(field);
  }
  byId("left").textContent = "";
  warned = "";
}

for (const field of fields) {
  field.addEventListener("input", () => mirror(field));
  field.addEventListener("change", () => check(field));
}
byId("print-filled").addEventListener("click", printFilled);
byId("clear").addEventListener("click", clear);
addEventListener("pageshow", clear); // a page come back to by 后退 keeps nothing
document.documentElement.dataset.mirrored = "true";
