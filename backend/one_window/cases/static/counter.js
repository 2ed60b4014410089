// The clerk's page: the queue on the left, one case on the right, kept current by events.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, byIdOrNull, refill } from "/static/shell/elements.js";
import { randomId } from "/static/shell/ids.js";
import { follow } from "/static/shell/live.js";
import { drawCase } from "./case_view.js";
import { concerns, focusRow, refreshQueue, startQueue } from "./queue.js";
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
    return;
  }
  /** @type {import("/types/api").Case} */
  const found = await call(`/cases/${encodeURIComponent(id)}?${new URLSearchParams({ opening })}`);
  if (id !== openCase) return; // another case was chosen meanwhile
  const focused = place.contains(document.activeElement) ? document.activeElement?.getAttribute("data-step") : null;
  refill(place, ...drawCase(found, (step) => openStep(found, step, stepDone)));
  place.hidden = false;
  if (focused) (allWithin(place, `[data-step="${focused}"]`)[0] ?? byId("case-title")).focus();
}

let leaving = false;

/** Once: leaving cuts the line, and a second call would break off the first. */
function toLogin() {
  if (leaving) return;
  leaving = true;
  location.assign("/login");
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

startQueue(() => refresh(readQueue));
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
