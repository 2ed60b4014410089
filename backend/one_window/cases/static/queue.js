// The queue of cases: whose, in which state, most urgent first.
import { call } from "/static/shell/api.js";
import { allWithin, byId, dataOf, make, refill } from "/static/shell/elements.js";
import { OPEN, STATES, dueOf, toneOf, whoseOf } from "./case_words.js";

/** @typedef {import("/types/api").CaseSummary} CaseSummary */

const PAGE = 50;
const MOST = 200; // cases in one answer
const list = byId("queue");
const states = byId("state", HTMLSelectElement);
const more = byId("more");
const PAUSE = 300; // after the last letter: looking for a person is recorded
const NUMBER = /^[\d\s-]*$/;
let scope = "mine";
let due = "";
/** Where the case that was opened last stood: it may have left the list when the next is wanted. */
let place = -1;
let requests = 0;
let wanted = PAGE; // how many are shown: reading again keeps what was asked for
/** @type {CaseSummary[]} */
let shown = [];
/** @type {string | null | undefined} */
let next = null;

/** The reading under way: one that is overtaken ends when the one that overtook it has drawn. */
let reading = Promise.resolve();

/** Read the queue anew, as far as it is shown, and draw it. @param {string | null} openCase @param {(id: string) => void} choose */
export function refreshQueue(openCase, choose) {
  reading = readAnew(++requests, openCase, choose);
  return reading;
}

/** @param {number} turn @param {string | null} openCase @param {(id: string) => void} choose @returns {Promise<void>} */
async function readAnew(turn, openCase, choose) {
  /** @type {string | null | undefined} */
  let page = null;
  /** @type {import("/types/api").CaseList | null} */
  let found = null;
  /** @type {CaseSummary[]} */
  const cases = [];
  while (cases.length < wanted && (found === null || page)) {
    found = await read(Math.min(wanted - cases.length, MOST), page);
    if (turn !== requests) return reading; // a later question is under way
    cases.push(...found.cases);
    page = found.next;
  }
  shown = cases;
  next = page;
  const focused = list.contains(document.activeElement) ? document.activeElement?.getAttribute("data-id") : null;
  refill(list, ...shown.map((one) => make("li", {}, row(one, openCase, choose))));
  if (focused) focusRow(focused, { preventScroll: true });
  more.hidden = !next;
  drawCounts(found);
  const opened = shown.findIndex((one) => one.id === openCase);
  if (opened >= 0) place = opened;
}

/** @param {import("/types/api").CaseList | null} found */
function drawCounts(found) {
  byId("found").textContent = told(found?.total ?? 0);
  drawStates(found?.counts ?? {});
  drawDues(found?.due);
}

/** The case after the open one; where that has left the list, the one that came into its place; from the end again to the top. @param {string | null} openCase */
export function upNext(openCase) {
  if (!shown.length) return null;
  const opened = shown.findIndex((one) => one.id === openCase);
  const wantedPlace = opened >= 0 ? opened + 1 : openCase === null ? 0 : place;
  const one = shown[wantedPlace] ?? shown[0];
  return one.id === openCase ? null : one.id;
}

/** Move the keyboard within the list. @param {number} by */
export function neighbour(by) {
  const rows = allWithin(list, ".row");
  const at = rows.findIndex((one) => one === document.activeElement);
  const from = at >= 0 ? at : rows.findIndex((one) => one.getAttribute("aria-current") === "true");
  (rows[from < 0 ? 0 : from + by] ?? rows[from])?.focus();
}

/** Press one of the filters. @param {"scope" | "due"} kind @param {string} value */
export function press(kind, value) {
  allWithin(byId(`${kind}s`), `[data-${kind}="${value}"]`)[0]?.click();
}

/** Whether the list may look different after the event. @param {import("/types/api").Event} event */
export function concerns(event) {
  if (scope === "unit") return true;
  const { owner, former_owner: former, deputy } = event.data;
  return [owner, former, deputy].includes(list.dataset.me) || shown.some((one) => `case:${one.id}` === event.subject);
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
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  byId("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(anew, NUMBER.test(words()) && words().length < 4 ? 0 : PAUSE);
  });
  for (const button of allWithin(byId("dues"), "button", HTMLButtonElement)) {
    button.disabled = false;
    button.addEventListener("click", () => {
      due = due === dataOf(button, "due") ? "" : dataOf(button, "due");
      states.value = "";
      for (const other of allWithin(byId("dues"), "button")) other.setAttribute("aria-pressed", String(dataOf(other, "due") === due));
      anew();
    });
  }
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
    const last = shown[shown.length - 1]?.id;
    wanted = shown.length + PAGE;
    await changed();
    const first = shown[shown.findIndex((one) => one.id === last) + 1]; // cases may have come before it meanwhile
    if (first) focusRow(first.id); // the next key goes on from there
  });
  drawStates({});
}

function words() {
  return byId("search", HTMLInputElement).value.trim();
}

/** Words that may be a person's go into the body, never into an address. @param {number} size @param {string | null | undefined} page @returns {Promise<import("/types/api").CaseList>} */
function read(size, page) {
  const query = { scope, state: states.value, due, q: words(), ...(page ? { page } : {}) };
  if (words()) return call("/cases/search", { method: "POST", body: { ...query, size } });
  return call(`/cases?${new URLSearchParams({ ...query, size: String(size) })}`);
}

/** @param {import("/types/api").DueCounts | undefined} counts */
function drawDues(counts) {
  for (const button of allWithin(byId("dues"), "button")) {
    const [number] = allWithin(button, "[data-count]");
    const count = Object.entries(counts ?? {}).find(([name]) => name === dataOf(button, "due"))?.[1] ?? 0;
    number.textContent = String(count);
    button.dataset.some = String(count > 0);
  }
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
    make("span", { class: "small muted" }, whoseOf(found)),
    make("span", { class: "row-line small muted" }, make("span", {}, dueOf(found)), found.overdue ? make("span", { class: "tag bad" }, "超时") : null),
    found.deputy ? make("span", { class: "small" }, make("span", { class: "tag" }, "代办")) : null,
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
