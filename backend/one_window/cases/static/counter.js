// The clerk's page: the queue on the left, one case on the right, kept current by events.
import { byId, call, randomId } from "/static/shell/api.js";
import { drawCase } from "./case_view.js";
import { follow } from "/static/shell/live.js";
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
  const found = await call(`/cases/${encodeURIComponent(id)}?${new URLSearchParams({ opening })}`);
  if (id !== openCase) return; // another case was chosen meanwhile
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.step : undefined;
  place.replaceChildren(...drawCase(found, (step) => openStep(found, step, stepDone)));
  place.hidden = false;
  if (focused) (place.querySelector(`[data-step="${focused}"]`) ?? byId("case-title")).focus();
}

let leaving = false;

/** Once: leaving cuts the line, and a second call would break off the first. */
function toLogin() {
  if (leaving) return;
  leaving = true;
  location.assign("/login");
}

const readQueue = () => refreshQueue(openCase, choose);

async function refresh(...parts) {
  try {
    await Promise.all((parts.length ? parts : [readQueue, refreshCase]).map((part) => part()));
    banner.hidden = true;
  } catch (problem) {
    if (problem.status === 401) return toLogin();
    if (problem.status === 404 && openCase !== null) await choose(null);
    banner.hidden = false;
    banner.textContent = problem.detail;
  }
}

async function choose(id) {
  const before = openCase;
  openCase = id;
  opening = randomId();
  history.pushState(null, "", id === null ? "/counter" : `/counter?case=${encodeURIComponent(id)}`);
  await refresh();
  if (id !== null) byId("case-title")?.focus();
  else if (before !== null) focusRow(before);
}

async function stepDone() {
  await refresh();
  byId("case-title")?.focus();
}

const planned = new Set();

/** Read a part again in a moment; what is asked for until then is the same reading. */
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
    call("/staff/me").catch((problem) => problem.status === 401 && toLogin());
  },
});
