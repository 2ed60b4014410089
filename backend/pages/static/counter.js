// The clerk's page: the queue on the left, one case on the right, kept current by events.
import { call, make } from "./api.js";
import { drawCase } from "./case_view.js";
import { openStep } from "./step_dialog.js";

const byId = (id) => document.getElementById(id);
const STATES = [
  ["", "待办"],
  ["submitted", "等受理"],
  ["accepted", "办理中"],
  ["awaiting_supplement", "等补正"],
  ["approved", "已办结"],
];
let scope = "mine";
let state = "";
let open = new URLSearchParams(location.search).get("case");

async function refreshQueue() {
  const query = new URLSearchParams({ scope, state, q: byId("search").value.trim() });
  const found = await call(`/cases?${query}`);
  byId("queue").replaceChildren(...found.cases.map(row));
  byId("empty").hidden = found.cases.length > 0;
  byId("states").replaceChildren(...STATES.map(([name, label]) => stateTab(name, label, found.counts)));
}

function row(found) {
  const button = make(
    "button",
    { type: "button", class: found.overdue ? "overdue" : "", "data-id": found.id, "aria-current": found.id === open ? "true" : "false", onclick: () => show(found.id) },
    make("span", { class: "row" }, make("strong", {}, found.item_name), make("span", { class: `chip ${found.overdue ? "bad" : "plain"}` }, found.overdue ? `超时 ${found.state_text}` : found.state_text)),
    make("span", { class: "row" }, make("span", {}, found.applicant), make("span", { class: "number" }, found.number_text)),
    make("span", { class: "small muted" }, found.due_text),
    scope === "unit" ? make("span", { class: "small muted" }, found.owner ? `负责人：${found.owner}` : "还没有负责人") : null,
  );
  return make("li", {}, button);
}

function stateTab(name, label, counts) {
  const open_states = ["submitted", "accepted", "awaiting_supplement"];
  const count = name ? counts[name] ?? 0 : open_states.reduce((sum, one) => sum + (counts[one] ?? 0), 0);
  const press = () => {
    state = name;
    refresh();
  };
  return make("button", { class: "button", type: "button", "aria-pressed": String(name === state), onclick: press }, `${label} ${count}`);
}

async function refreshCase() {
  byId("work").dataset.open = String(open !== null);
  byId("choose").hidden = open !== null;
  byId("case").hidden = open === null;
  if (open === null) return;
  const found = await call(`/cases/${open}`);
  byId("case").replaceChildren(...drawCase(found, (step) => openStep(found, step, refresh)));
}

async function show(id) {
  open = id;
  history.pushState(null, "", id === null ? "/counter" : `/counter?case=${id}`);
  await refresh();
}

async function refresh() {
  try {
    await Promise.all([refreshQueue(), refreshCase()]);
    byId("connection").hidden = true;
  } catch (problem) {
    if (problem.status === 401) location.href = "/login";
    if (problem.status === 404) return show(null);
    byId("connection").hidden = false;
    byId("connection").textContent = problem.detail;
  }
}

function follow() {
  const address = new URL("/events/stream", location.href);
  address.protocol = address.protocol.replace("http", "ws");
  const socket = new WebSocket(address);
  socket.addEventListener("message", (event) => {
    if (JSON.parse(event.data).kind.startsWith("case.")) refresh();
  });
  socket.addEventListener("close", () => setTimeout(() => follow() || refresh(), 2000));
}

for (const button of byId("scopes").children) {
  button.addEventListener("click", () => {
    scope = button.dataset.scope;
    for (const other of byId("scopes").children) other.setAttribute("aria-pressed", String(other === button));
    refresh();
  });
}
byId("search").addEventListener("input", () => refreshQueue());
byId("back").addEventListener("click", () => show(null));
addEventListener("popstate", () => {
  open = new URLSearchParams(location.search).get("case");
  refresh();
});
refresh();
follow();
