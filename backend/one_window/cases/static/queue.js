// The queue of cases: whose, in which state, most urgent first.
import { call } from "/static/shell/api.js";
import { allWithin, byId, dataOf, make, refill } from "/static/shell/elements.js";
import { OPEN, STATES, dueOf, toneOf } from "./case_words.js";

/** @typedef {import("/types/api").CaseSummary} CaseSummary */

const PAGE = 50;
const MOST = 200; // cases in one answer
const list = byId("queue");
const states = byId("state", HTMLSelectElement);
const more = byId("more");
let scope = "mine";
let asked = 0;
let wanted = PAGE; // how many are shown: reading again keeps what was asked for
/** @type {CaseSummary[]} */
let shown = [];
/** @type {string | null | undefined} */
let next = null;

/** Read the queue anew, as far as it is shown, and draw it. @param {string | null} openCase @param {(id: string) => void} choose */
export async function refreshQueue(openCase, choose) {
  const turn = ++asked;
  /** @type {string | null | undefined} */
  let page = null;
  /** @type {import("/types/api").CaseList | null} */
  let found = null;
  /** @type {CaseSummary[]} */
  const cases = [];
  while (cases.length < wanted && (found === null || page)) {
    found = await read(Math.min(wanted - cases.length, MOST), page);
    if (turn !== asked) return; // a later question is under way
    cases.push(...found.cases);
    page = found.next;
  }
  shown = cases;
  next = page;
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("data-id") : null;
  refill(list, ...shown.map((one) => make("li", {}, row(one, openCase, choose))));
  if (focused) focusRow(focused, { preventScroll: true });
  byId("found").textContent = told(found?.total ?? 0);
  more.hidden = !next;
  drawStates(found?.counts ?? {});
}

/** Whether the list may look different after the event. @param {import("/types/api").Event} event */
export function concerns(event) {
  if (scope === "unit") return true;
  return event.data.owner === list.dataset.me || shown.some((one) => `case:${one.id}` === event.subject);
}

/** @param {string} id @param {FocusOptions} [options] */
export function focusRow(id, options) {
  allWithin(list, `[data-id="${CSS.escape(id)}"]`)[0]?.focus(options);
}

/** @param {() => Promise<void>} changed called when another queue is wanted */
export function startQueue(changed) {
  const anew = () => {
    wanted = PAGE;
    changed();
  };
  states.addEventListener("change", anew);
  byId("search").addEventListener("input", anew);
  const scopes = allWithin(byId("scopes"), "button", HTMLButtonElement);
  for (const button of scopes) {
    button.disabled = false; // pressed before anybody listened, the press would be lost
    button.addEventListener("click", () => {
      scope = dataOf(button, "scope");
      for (const other of scopes) other.setAttribute("aria-pressed", String(other === button));
      anew();
    });
  }
  more.addEventListener("click", async () => {
    const last = shown.length;
    wanted = last + PAGE;
    await changed();
    if (shown.length > last) focusRow(shown[last].id); // the first of the new ones: the next key goes on from there
  });
  drawStates({});
}

/** @param {number} size @param {string | null | undefined} page @returns {Promise<import("/types/api").CaseList>} */
function read(size, page) {
  const query = new URLSearchParams({ scope, state: states.value, q: byId("search", HTMLInputElement).value.trim(), size: String(size) });
  if (page) query.set("page", page);
  return call(`/cases?${query}`);
}

/** @param {number} total */
function told(total) {
  if (!total) return "这里没有件。";
  return shown.length < total ? `共${total}件，先列出最急的${shown.length}件。` : `共${total}件`;
}

/** @param {CaseSummary} found @param {string | null} openCase @param {(id: string) => void} choose */
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
  refill(states, ...options.map(([value, label]) => make("option", { value, selected: value === chosen }, label)));
}
