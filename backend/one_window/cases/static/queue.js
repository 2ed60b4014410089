// The queue of cases: whose, in which state, most urgent first.
import { byId, call, make } from "/static/shell/api.js";
import { OPEN, STATES, dueOf } from "./case_words.js";
import { toneOf } from "/static/shell/cards.js";

const list = byId("queue");
const states = byId("state");
let scope = "mine";
let asked = 0;

/** Read the queue anew and draw it. @param {string | null} openCase @param {(id: string) => void} choose */
export async function refreshQueue(openCase, choose) {
  const turn = ++asked;
  const found = await call(`/cases?${new URLSearchParams({ scope, state: states.value, q: byId("search").value.trim() })}`);
  if (turn !== asked) return; // a later question is under way
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.id : null;
  list.replaceChildren(...found.cases.map((one) => make("li", {}, row(one, openCase, choose))));
  if (focused) focusRow(focused);
  byId("found").textContent = found.cases.length ? `共${found.cases.length}件` : "这里没有件。";
  drawStates(found.counts);
}

export function focusRow(id) {
  list.querySelector(`[data-id="${CSS.escape(id)}"]`)?.focus();
}

/** @param {() => void} changed called when another queue is wanted */
export function startQueue(changed) {
  states.addEventListener("change", changed);
  byId("search").addEventListener("input", changed);
  for (const button of byId("scopes").children) {
    button.addEventListener("click", () => {
      scope = button.dataset.scope;
      for (const other of byId("scopes").children) other.setAttribute("aria-pressed", String(other === button));
      changed();
    });
  }
  drawStates({});
}

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

function drawStates(counts) {
  const open = OPEN.reduce((sum, state) => sum + (counts[state] ?? 0), 0);
  const options = [["", `没办完的（${open}）`], ...Object.entries(STATES).map(([state, label]) => [state, `${label}（${counts[state] ?? 0}）`])];
  const chosen = states.value;
  states.replaceChildren(...options.map(([value, label]) => make("option", { value, selected: value === chosen }, label)));
}
