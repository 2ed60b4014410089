// The clerk's page: the queue on the left, one case on the right, kept current by events.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, byIdOrNull, refill } from "/static/shell/elements.js";
import { randomId } from "/static/shell/ids.js";
import { follow } from "/static/shell/live.js";
import { toLogin } from "/static/shell/login.js";
import { drawCase } from "./case_view.js";
import { STEP_KEYS } from "./case_words.js";
import "./covers.js";
import { startKeys } from "./keys.js";
import { drawNotes } from "./notes.js";
import { concerns, focusRow, neighbour, press, refreshQueue, startQueue, upNext } from "./queue.js";
import { openStep } from "./step_dialog.js";

const SETTLE = 100; // several events of one moment are one refresh
const banner = byId("connection");
const place = byId("case");
const inAddress = () => new URLSearchParams(location.search).get("case");
let openCase = inAddress();
let opening = randomId(); // one opening of a case is recorded once, however often the page reads it again

async function refreshCase() {
  const id = openCase;
  byId("work").dataset.open = String(id !== null);
  byId("choose").hidden = id !== null;
  if (id === null) {
    place.hidden = true;
    drawNotes(null, []);
    return;
  }
  const address = `/cases/${encodeURIComponent(id)}`;
  /** @type {Promise<import("/types/api").Case>} */
  const reading = call(`${address}?${new URLSearchParams({ opening })}`);
  /** @type {Promise<import("/types/api").CaseWork>} */
  const readingWork = call(`${address}/work`);
  const [found, work] = await Promise.all([reading, readingWork]);
  if (id !== openCase) return; // another case was chosen meanwhile
  const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("data-focus") : null;
  refill(place, ...drawCase(found, work, { choose: (step) => openStep({ found, work, step, done: stepDone }), changed: () => refresh(refreshCase) }));
  place.hidden = false;
  drawNotes(id, work.notes);
  if (focused) (allWithin(place, `[data-focus="${CSS.escape(focused)}"]`)[0] ?? byId("case-title")).focus();
}

const readQueue = () => refreshQueue(openCase, choose);

/** Read parts of the page again, all of it where none is named. @param {(() => Promise<void>)[]} parts */
async function refresh(...parts) {
  try {
    await Promise.all((parts.length ? parts : [readQueue, refreshCase]).map((part) => part()));
    banner.hidden = true;
  } catch (error) {
    const problem = problemOf(error);
    if (problem.status === 401) return toLogin();
    if (problem.status === 404 && openCase !== null) await choose(null);
    banner.hidden = false;
    banner.textContent = problem.detail;
  }
}

/** @param {string | null} id */
async function choose(id) {
  const before = openCase;
  openCase = id;
  opening = randomId();
  history.pushState(null, "", id === null ? "/counter" : `/counter?case=${encodeURIComponent(id)}`);
  await refresh();
  if (id !== null) byIdOrNull("case-title")?.focus();
  else if (before !== null) focusRow(before);
}

async function stepDone() {
  await refresh();
  byIdOrNull("case-title")?.focus();
}

/** @type {Set<() => Promise<void>>} */
const planned = new Set();

/** Read parts again in a moment; what is asked for until then is the same reading. @param {(() => Promise<void>)[]} parts */
function soon(...parts) {
  if (planned.size === 0) {
    setTimeout(() => {
      const wanted = [...planned];
      planned.clear();
      refresh(...wanted);
    }, SETTLE);
  }
  for (const part of parts) planned.add(part);
}

/** The next case to do: after the open one in the list, from its top where none is open. */
async function goOn() {
  const id = upNext(openCase);
  if (id !== null) await choose(id);
}

/** @param {string} id */
const pressed = (id) => () => byId(id).click();

/** @param {string} step */
function begin(step) {
  const found = allWithin(place, "[data-step]").find((button) => STEP_KEYS[button.dataset.step ?? ""] === step);
  if (!place.hidden) found?.click();
}

for (const id of ["next", "help-open"]) byId(id, HTMLButtonElement).disabled = false;
byId("next").addEventListener("click", goOn);
startQueue(() => refresh(readQueue));
startKeys([
  { key: "n", says: "下一件", run: goOn },
  { key: "j", says: "列表里往下", run: () => neighbour(1) },
  { key: "k", says: "列表里往上", run: () => neighbour(-1) },
  { key: "Escape", says: "回到列表", run: () => openCase !== null && choose(null) },
  { key: "/", says: "查一件", run: () => byId("search").focus() },
  { key: "i", says: "新办一件", run: pressed("new") },
  { key: "1", says: "我的", run: () => press("scope", "mine") },
  { key: "2", says: "本单元的", run: () => press("scope", "unit") },
  { key: "3", says: "已超时的", run: () => press("due", "overdue") },
  { key: "4", says: "今天到期的", run: () => press("due", "today") },
  { key: "5", says: "快到期的", run: () => press("due", "soon") },
  { key: "l", says: "材料全部收到", run: () => (byIdOrNull("all-received") ?? allWithin(place, "[data-lacking] .mark")[0])?.click() }, // one that lacks has its own button only
  { key: "m", says: "写备注", run: () => openCase !== null && byId("note-text").focus() },
  { key: "p", says: "打印最近的文书", run: () => allWithin(place, ".timeline a")[0]?.click() },
  { key: "a", says: "受理", run: () => begin("a") },
  { key: "b", says: "要求补正", run: () => begin("b") },
  { key: "c", says: "补正材料已收到", run: () => begin("c") },
  { key: "y", says: "办结、送复核、复核通过", run: () => begin("y") },
  { key: "x", says: "不予办理", run: () => begin("x") },
  { key: "r", says: "不予受理", run: () => begin("r") },
  { key: "e", says: "退回经办", run: () => begin("e") },
  { key: "d", says: "结果送达", run: () => begin("d") },
  { key: "t", says: "转办", run: () => begin("t") },
  { key: "w", says: "撤回（窗口代填的件）", run: () => begin("w") },
]);
byId("back").addEventListener("click", () => choose(null));
addEventListener("popstate", () => {
  openCase = inAddress();
  opening = randomId();
  refresh();
});
refresh();
follow({
  kinds: "case.*",
  event: (event) => {
    if (event.subject === `case:${openCase}`) soon(refreshCase);
    if (concerns(event)) soon(readQueue);
  },
  open: () => soon(readQueue, refreshCase), // what happened while the line was down
  lost: () => {
    banner.hidden = false;
    banner.textContent = "和服务器的连接断了，正在重新连。页面上的可能不是最新的";
    call("/staff/me").catch((error) => {
      if (problemOf(error).status === 401) toLogin();
    });
  },
});
