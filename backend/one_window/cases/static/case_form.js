// The form of a draft at the counter: each field is checked and kept when it is left; what is refused stays written.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, dataOf, make, refill, within } from "/static/shell/elements.js";
import { clearWrong, field as labelled, showWrong } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";
import { toLogin } from "/static/shell/login.js";

/** @typedef {import("/types/api").Case} Case */
/** @typedef {import("/types/api").FieldView} Field */

const IDENTIFIERS = ["id_number", "phone", "bank_card"];
const NUMERIC = ["phone", "bank_card", "number"];
const form = byId("form", HTMLFormElement);
const YES_NO = ["是", "不是"];
/** @type {Case} */
let current;
let key = randomId();
/** Fields written since they were last kept. @type {Set<string>} */
const unsaved = new Set();
/** What may be taken although it was refused, where it is written once more. */
const ONCE_MORE = ["bank_card", "text", "name"];
/** What was refused: a card number, or words, that are written once more are meant. @type {Map<string, string>} */
const refused = new Map();
/** Fields written in since they were refused: to leave one once more is not to mean it. @type {Set<string>} */
const rewritten = new Set();
/** Keeps answers one after the other: each goes on from the draft that the one before left. @type {Promise<boolean>} */
let keeping = Promise.resolve(true);

/** @param {Case} found */
export function startFilling(found) {
  current = found;
  refill(byId("fields"), ...found.fields.map(draw));
}

/** @param {Field} one */
function draw(one) {
  const set = make("div", { "data-field": one.id, class: one.kind === "long_text" ? "wide" : "" }, labelled({ name: one.id, label: labelOf(one), hint: hintOf(one), input: control(one) }));
  if (one.kind === "id_number") set.prepend(choiceOf("证件种类", "documents", one.document, one, set));
  if (one.kind === "phone") set.prepend(choiceOf("谁的手机", "contacts", one.contact, one, set));
  set.addEventListener("input", () => {
    unsaved.add(one.id);
    rewritten.add(one.id);
  });
  const leave = () => {
    if (unsaved.has(one.id)) keeping = keeping.then(() => keep(one));
  };
  // whoever presses 提交 is not kept waiting by a complaint that moves the button away under the finger
  set.addEventListener("focusout", (event) => event.relatedTarget instanceof HTMLButtonElement || leave());
  set.addEventListener("change", (event) => event.target instanceof HTMLSelectElement && leave());
  return set;
}

/**
 * What the number is of: which document, whose telephone. Where there is none to write, nothing is written.
 * @param {string} label @param {string} options @param {string | null | undefined} chosen @param {Field} one @param {HTMLElement} set
 */
function choiceOf(label, options, chosen, one, set) {
  const choice = make("select", { id: `c-${one.id}`, class: "input", "data-choice": true });
  choice.append(byId(options, HTMLTemplateElement).content.cloneNode(true));
  choice.value = chosen ?? choice.options[0].value;
  const says = make("p", { class: "hint", role: "status" });
  const follow = () => {
    const [input] = allWithin(set, ".field .input", HTMLInputElement);
    const { hint, says: said, shownOnly } = choice.selectedOptions[0].dataset;
    input.placeholder = hint ?? "";
    input.disabled = shownOnly === "true";
    says.textContent = said ?? "";
  };
  choice.addEventListener("change", follow);
  queueMicrotask(follow);
  return make("div", { class: "document-choice" }, make("label", { for: choice.id }, label), choice, says);
}

/** What was chosen for a field, where there is a choice. @param {HTMLElement} set */
function chosenIn(set) {
  return allWithin(set, "[data-choice]", HTMLSelectElement)[0];
}

/** @param {Field} one */
const labelOf = (one) => (one.required ? one.label : `${one.label}（没有可以不填）`);

/** @param {Field} one */
function hintOf(one) {
  if (IDENTIFIERS.includes(one.kind) && one.value) return `已经存好：${one.value}。要改就重写。`;
  if (one.kind === "date") return "比如「2026年10月31日」「上个月15号」";
  if (one.kind === "month") return "比如「2026年12月」「下个月」";
  return one.kind === "id_number" || !one.help ? undefined : one.help;
}

/** @param {Field} one */
function control(one) {
  const id = `f-${one.id}`;
  const options = one.kind === "yes_no" ? YES_NO : one.choices;
  if (options.length) {
    const made = options.map((option) => make("option", { value: option, selected: option === one.value }, option));
    return make("select", { id }, make("option", { value: "" }, "请选"), ...made);
  }
  const value = IDENTIFIERS.includes(one.kind) ? "" : one.told || (one.value ?? "");
  if (one.kind === "long_text") {
    const area = make("textarea", { id, rows: 3, maxlength: 500 });
    area.value = value;
    return area;
  }
  return make("input", { id, value, maxlength: 100, autocomplete: "off", inputmode: NUMERIC.includes(one.kind) ? "numeric" : null });
}

/** Keep what is written in a field; false if it was refused. @param {Field} one */
async function keep(one) {
  const set = within(byId("fields"), `[data-field="${CSS.escape(one.id)}"]`);
  const [input] = allWithin(set, ".field .input");
  const value = /** @type {HTMLInputElement} */ (input).value.trim();
  const choice = chosenIn(set);
  const shownOnly = choice ? dataOf(choice.selectedOptions[0], "shownOnly") === "true" : false;
  unsaved.delete(one.id);
  clearWrong(set);
  if (!value && !shownOnly && (one.required || !isKept(one))) return true; // nothing to keep; what is required is asked for at the end
  try {
    current = await call(`/cases/${current.id}/draft`, { method: "PATCH", body: answerOf(one, shownOnly ? "" : value, choice?.value) });
    byId("saved").textContent = "填的都存好了。";
    key = randomId();
    return true;
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 401) toLogin();
    unsaved.add(one.id);
    refused.set(one.id, value);
    rewritten.delete(one.id);
    byId("saved").textContent = "";
    showWrong(set, one.id, problem.detail);
    return false;
  }
}

/** @param {Field} one @param {string} value @param {string | undefined} chosen */
function answerOf(one, value, chosen) {
  if (chosen) return { field: one.id, value, [one.kind === "phone" ? "contact" : "document"]: chosen };
  if (ONCE_MORE.includes(one.kind) && value) return { field: one.id, value, confirmed: rewritten.has(one.id) && refused.get(one.id) === value };
  return value ? { field: one.id, value } : { field: one.id, skip: true };
}

/** @param {Field} one */
const isKept = (one) => Boolean(current.fields.find((other) => other.id === one.id)?.value);

async function submit() {
  await keeping;
  for (const one of current.fields) if (unsaved.has(one.id)) await keep(one);
  for (const one of current.fields) {
    if (one.required && !isKept(one) && !unsaved.has(one.id)) showWrong(byId("fields"), one.id, `请填「${one.label}」。`);
  }
  if (form.querySelector("[aria-invalid]") !== null) return;
  await call(`/cases/${current.id}/steps/submit`, { method: "POST", body: {}, key });
  location.assign(`/counter?case=${current.id}`);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await submit();
  } catch (error) {
    const problem = problemOf(error);
    if (!showWrong(form, problem.field, problem.detail)) showWrong(form, "form", problem.detail);
  }
});
