// Doing one step: asks exactly what the step needs; what was typed stays when it is refused.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, byIdOrNull, dataOf, make, press, refill, within } from "/static/shell/elements.js";
import { clearWrong, field, showWrong } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";
import { toLogin } from "/static/shell/login.js";
import { HINTS, NOTES } from "./step_words.js";
import { drawPick, pickedLines, pickedSets } from "./supplement_picks.js";

/** @typedef {import("/types/api").Case} Case */
/** @typedef {import("/types/api").StepChoice} Step */
/** @typedef {import("/types/api").CaseWork} Work */
/** @typedef {{found: Case, work: Work, step: Step, done: () => void}} Asked */
/** `key`: the request that may have been answered already. @typedef {Asked & {key: string}} Opened */

const dialog = byId("dialog", HTMLDialogElement);
const form = byId("step-form", HTMLFormElement);
const fields = byId("step-fields");
const doIt = byId("step-do", HTMLButtonElement);
const INSIDE = new Set(["send_back", "transfer"]); // notes that the applicant does not see
const PARTS = [
  ["name", "缺什么材料", "请写缺什么材料。"],
  ["why", "为什么要", "请写为什么要。"],
  ["how", "怎么补", "请写怎么补。"],
];
/** @type {Opened} set whenever the dialog is open */
let current;

/** @param {Asked} asked */
export function openStep(asked) {
  const { found, step } = asked;
  current = { ...asked, key: randomId() };
  byId("step-title").textContent = `${step.label}：${found.item_name}`;
  byId("step-hint").textContent = hint();
  doIt.textContent = step.label;
  doIt.className = step.danger ? "button primary danger" : "button primary";
  clearWrong(form);
  refill(fields, ...needs().flatMap((need) => DRAW[need]?.() ?? []));
  dialog.showModal();
  const [first] = allWithin(fields, ".input");
  (first ?? doIt).focus();
}

function hint() {
  const { step } = current.step;
  const names = lacking().map((line) => `「${line.name}」`).join("、");
  const said = `${HINTS[step] ?? ""}${step === "confirm" || step === "send_back" ? current.work.review : ""}`; // nobody says yes or no without what was proposed
  return step === "accept" && names ? `${names}还没收到。收到了的先在清单上勾；先受理、后补的，写明理由和期限。${said}` : said;
}

const lacking = () => current.work.checklist.filter((line) => line.lacking);

/** What the step needs of this case: accepting with materials lacking needs a reason and a day. */
function needs() {
  const { step } = current;
  return step.step === "accept" && lacking().length ? ["note", "until"] : step.needs;
}

/** What each need of a step asks for. @type {Record<string, () => HTMLElement[]>} */
const DRAW = {
  note: () => [field({ name: "note", label: NOTES[current.step.step] ?? "说明", input: make("textarea", { id: "step-note", rows: 4, maxlength: 1000 }) })],
  lines: () => {
    const came = current.work.checklist.filter((line) => line.marks.some((one) => one.mark === "received"));
    const picks = [...current.work.checklist.filter((line) => !came.includes(line)), ...came];
    const sets = make("div", { class: "stack", id: "step-lines" }, picks.length ? null : lineSet());
    const more = press("再加一样", { id: "step-more", onclick: () => addLine(sets) });
    const listed = picks.length ? make("fieldset", {}, make("legend", {}, "清单上的，勾上要补的"), ...picks.map(drawPick)) : null;
    return [make("p", { class: "wrong", "data-for": "lines", role: "alert" }), ...(listed ? [listed] : []), sets, make("div", {}, more)];
  },
  until: () => [field({ name: "until", label: "请申请人在哪天前补好", hint: "先按惯例填好了，可以改", input: make("input", { id: "step-until", type: "date", value: current.work.until }) })],
  why_again: () => [
    field({ name: "why_again", label: "为什么上次没有告知", hint: "这件要过补正了。要补的应当当场或者五日内一次告知（《行政许可法》第三十二条），您写的理由单元负责人会看到，申请人看不到。", input: make("textarea", { id: "step-why-again", rows: 2, maxlength: 200 }) }),
  ],
  to: () => {
    const options = current.work.colleagues.map((one) => make("option", { value: one.id }, one.name));
    return [field({ name: "to", label: "转给谁", input: make("select", { id: "step-to" }, make("option", { value: "" }, "请选"), ...options) })];
  },
};

function lineSet() {
  const id = randomId().slice(0, 8);
  const remove = press("去掉这一样", { class: "button plain", "data-remove": true, onclick: () => removeLine(set) });
  const parts = PARTS.map(([part, label]) => field({ name: part, label, input: make("input", { id: `${part}-${id}`, "data-part": part, maxlength: 200, autocomplete: "off" }) }));
  const set = make("fieldset", { class: "line-set" }, make("legend"), ...parts, make("div", {}, remove));
  queueMicrotask(numberLines);
  return set;
}

/** @param {HTMLElement} sets */
function addLine(sets) {
  const set = lineSet();
  sets.append(set);
  within(set, ".input").focus();
}

/** @param {HTMLElement} set */
function removeLine(set) {
  set.remove();
  numberLines();
  byId("step-more").focus();
}

function numberLines() {
  const sets = allWithin(fields, ".line-set");
  for (const [index, set] of sets.entries()) {
    within(set, "legend").textContent = `第${index + 1}样`;
    within(set, "[data-remove]").hidden = sets.length === 1 && !pickedSets(fields).length;
  }
}

/** @param {HTMLElement} set @returns {Record<string, string>} */
function lineOf(set) {
  return Object.fromEntries(allWithin(set, "[data-part]", HTMLInputElement).map((input) => [dataOf(input, "part"), input.value.trim()]));
}

function note() {
  return byIdOrNull("step-note", HTMLTextAreaElement)?.value.trim() ?? "";
}

function to() {
  return byIdOrNull("step-to", HTMLSelectElement)?.value ?? "";
}

function whyAgain() {
  return byIdOrNull("step-why-again", HTMLTextAreaElement)?.value.trim() ?? "";
}

function until() {
  return byIdOrNull("step-until", HTMLInputElement)?.value ?? "";
}

function body() {
  const lines = [...pickedLines(fields), ...allWithin(fields, ".line-set").map(lineOf)];
  return { note: note(), lines, why_again: whyAgain(), until: until() || null, to: to(), proposal: current.step.step === "confirm" ? current.work.proposal : null };
}

/** What is written for each need, and what is said where nothing is. @type {Record<string, [() => string, (step: string) => string]>} */
const WANTED = {
  to: [to, () => "请选转给谁。"],
  note: [note, (step) => `请写${NOTES[step] ?? "说明"}${INSIDE.has(step) ? "" : "，申请人会看到"}。`],
  until: [until, () => "请写明申请人最晚哪天补好。"],
  why_again: [whyAgain, () => "请写为什么上次没有告知。"],
};

/** Required fields, complained of at the field before anything is sent. */
function complain() {
  const { step } = current.step;
  const needed = needs();
  for (const [name, [written, sentence]] of Object.entries(WANTED)) {
    if (needed.includes(name) && !written()) showWrong(fields, name, sentence(step));
  }
  const complete = !needed.includes("lines") || linesAreComplete();
  return !complete || form.querySelector("[aria-invalid]") !== null;
}

function linesAreComplete() {
  for (const set of allWithin(fields, ".line-set")) {
    const line = lineOf(set);
    for (const [part, , sentence] of PARTS) if (!line[part]) showWrong(set, part, sentence);
  }
  for (const set of pickedSets(fields)) {
    for (const [part, , sentence] of PARTS.slice(1)) if (!within(set, `[data-part=${part}]`, HTMLInputElement).value.trim()) showWrong(set, part, sentence);
  }
  const some = body().lines.length > 0;
  if (!some) showWrong(fields, "lines", "请选缺哪样，或者「再加一样」写上。");
  return some;
}

/** `lines.1.why` is the reason of the second line. @param {import("/static/shell/api.js").Problem} problem */
function showProblem(problem) {
  const [name, index, part] = String(problem.field ?? "").split(".");
  const scope = part ? [...pickedSets(fields), ...allWithin(fields, ".line-set")][Number(index)] : fields;
  if (!scope || !showWrong(scope, part ?? name, problem.detail)) byId("step-wrong").textContent = problem.detail;
}

form.addEventListener("input", () => {
  current.key = randomId(); // another request than the one that may have been answered already
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  if (complain()) return;
  const { found, step, done, key } = current;
  doIt.disabled = true;
  try {
    await call(`/cases/${found.id}/steps/${step.step}`, { method: "POST", body: body(), key });
    dialog.close();
    done();
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 401) toLogin();
    showProblem(problem);
  } finally {
    doIt.disabled = false;
  }
});
dialog.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) doIt.click(); // from a text of several lines, too
});
byId("step-cancel").addEventListener("click", () => dialog.close());
