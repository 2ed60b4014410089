// The queue of cases: whose, in which state, most urgent first.
import { call } from "/static/shell/api.js";
import { allWithin, byId, dataOf, make } from "/static/shell/elements.js";
import { OPEN, STATES, dueOf, toneOf } from "./case_words.js";

const list = byId("queue");
const states = byId("state", HTMLSelectElement);
let scope = "mine";
let asked = 0;

/** Read the queue anew and draw it. @param {string | null} openCase @param {(id: string) => void} choose */
export async function refreshQueue(openCase, choose) {
  const turn = ++asked;
  /** @type {import("/types/api").CaseList} */
  const found = await call(`/cases?${new URLSearchParams({ scope, state: states.value, q: byId("search", HTMLInputElement).value.trim() })}`);
  if (turn !== asked) return; // a later question is under way
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("data-id") : null;
  list.replaceChildren(...found.cases.map((one) => make("li", {}, row(one, openCase, choose))));
  if (focused) focusRow(focused);
  byId("found").textContent = found.cases.length ? `共${found.cases.length}件` : "这里没有件。";
  drawStates(found.counts);
}

/** @param {string} id */
export function focusRow(id) {
  allWithin(list, `[data-id="${CSS.escape(id)}"]`)[0]?.focus();
}

/** @param {() => void} changed called when another queue is wanted */
export function startQueue(changed) {
  states.addEventListener("change", changed);
  byId("search").addEventListener("input", changed);
  const scopes = allWithin(byId("scopes"), "button");
  for (const button of scopes) {
    button.addEventListener("click", () => {
      scope = dataOf(button, "scope");
      for (const other of scopes) other.setAttribute("aria-pressed", String(other === button));
      changed();
    });
  }
  drawStates({});
}

/** @param {import("/types/api").CaseSummary} found @param {string | null} openCase @param {(id: string) => void} choose */
function row(found, openCase, choose) {
  const state = STATES[found.state] ?? found.state_text;
  return make(
    "button",
    { type: "button", class: found.overdue ? "row overdue" : "row", "data-id": found.id, "aria-current": found.id === openCase ? "true" : "false", onclick: () => choose(found.id) },
    make("span", { class: "row-line" }, make("strong", {}, found.item_name), make("span", { class: `tag ${toneOf(found.state)}` }, state)),
    make("span", { class: "row-line" }, make("span", { class: "number" }, found.number_text), make("span", {}, found.applicant)),
    make("span", { class: "row-line small muted" }, make("span", {}, dueOf(found)), found.overdue ? make("span", { class: "tag bad" }, "超时") : null),
    found.mine ? null : make("span", { class: "small muted" }, found.owner ? `负责人：${found.owner}` : "还没有负责人"),
  );
}

/** @param {Record<string, number>} counts */
function drawStates(counts) {
  const open = OPEN.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const options = [["", `没办完的（${open}）`], ...Object.entries(STATES).map(([state, label]) => [state, `${label}（${counts[state] ?? 0}）`])];
  const chosen = states.value;
  states.replaceChildren(...options.map(([value, label]) => make("option", { value, selected: value === chosen }, label)));
}
