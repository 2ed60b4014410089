// Requests for a member of staff, as they happen: alarms first, taken by one person, finished with a note.
import { call, problemOf } from "/static/shell/api.js";
import { bell } from "/static/shell/bell.js";
import { span, when } from "/static/shell/dates.js";
import { byId, make, press, refill } from "/static/shell/elements.js";
import { clearWrong, showProblem, showWrong, valueOf } from "/static/shell/fields.js";
import { follow } from "/static/shell/live.js";

/** @typedef {import("/types/api").AssistanceRequest} Request */
/** @typedef {import("/types/api").AssistanceList} List */

const RING_AGAIN = 15000; // milliseconds, while an alarm waits
const A_MINUTE = 60000;
const ring = bell(byId("sound", HTMLButtonElement));
const dialog = byId("dialog", HTMLDialogElement);
const form = byId("finish-form", HTMLFormElement);
/** @type {Set<number>} */
let known = new Set();
/** @type {List} */
let shown = { waiting: [], taken: [], done: [] };
let first = true;
let turn = 0;
/** @type {Request | null} */
let finishing = null;

async function refresh() {
  const mine = ++turn;
  try {
    /** @type {List} */
    const list = await call("/assistance");
    if (mine === turn) draw(list);
  } catch (error) {
    byId("wrong").textContent = problemOf(error).detail;
  }
}

/** @param {List} list */
function draw(list) {
  byId("wrong").textContent = "";
  const fresh = list.waiting.filter((one) => !known.has(one.id));
  if (fresh.length && !first) ring(fresh.some((one) => one.urgent));
  known = new Set(list.waiting.map((one) => one.id));
  first = false;
  shown = list;
  byId("waiting").setAttribute("aria-busy", "false");
  byId("waiting-title").textContent = `等人接（${list.waiting.length}）`;
  byId("taken-title").textContent = `有人接了（${list.taken.length}）`;
  byId("done-title").textContent = `今天办完的（${list.done.length}）`;
  fill("waiting", list.waiting, "现在没有人等。");
  fill("taken", list.taken, "没有。");
  fill("done", list.done, "今天还没有。");
  document.title = document.title.replace(/^(（\d+）)?/, list.waiting.length ? `（${list.waiting.length}）` : "");
}

/** @param {string} id @param {Request[]} requests @param {string} none */
function fill(id, requests, none) {
  if (requests.length) refill(byId(id), ...requests.map(entry));
  else refill(byId(id), make("li", { class: "muted" }, none));
}

/** @param {Request} one */
function entry(one) {
  const alarm = one.urgent && !one.done_at;
  return make(
    "li",
    { class: alarm ? "card material alarm" : "card material", "data-request": one.id },
    make(
      "div",
      { class: "material-head" },
      make("h3", {}, alarm ? `紧急：${one.title}` : one.title),
      make("p", { class: "small muted" }, [one.channel_name, one.about, waited(one), one.times > 1 ? `说了${one.times}次` : ""].filter(Boolean).join("　")),
      one.said ? make("p", { class: "quote" }, one.said) : null,
      one.taken_by ? make("p", { class: "small" }, `${one.taken_by}接的${one.taken_at ? `，${when(one.taken_at)}` : ""}`) : null,
      one.done_at ? make("p", {}, one.note) : make("p", { class: "small" }, one.advice),
    ),
    one.done_at ? null : make("div", { class: "actions" }, one.taken_by ? finishButton(one) : takeButton(one)),
  );
}

/** @param {Request} one */
function waited(one) {
  if (one.done_at || one.taken_by) return when(one.requested_at);
  const minutes = Math.floor((Date.now() - Date.parse(one.requested_at)) / A_MINUTE);
  return minutes < 1 ? "刚才" : `等了${span(minutes)}`;
}

/** @param {Request} one */
function takeButton(one) {
  return press("我来接", {
    class: one.urgent ? "button danger primary" : "button primary",
    "aria-label": `我来接：${one.title}`,
    onclick: () => change(`/assistance/${one.id}/take`),
  });
}

/** @param {Request} one */
function finishButton(one) {
  return press(one.mine ? "办完了" : "替他写结果", {
    class: one.mine ? "button primary" : "button",
    "aria-label": `${one.mine ? "办完了" : "替他写结果"}：${one.title}`,
    onclick: () => {
      finishing = one;
      clearWrong(form);
      form.reset();
      byId("finish-about").textContent = [one.title, one.about, one.said].filter(Boolean).join("　");
      dialog.showModal();
    },
  });
}

/** @param {string} path */
async function change(path) {
  try {
    /** @type {List} */
    const list = await call(path, { method: "POST" });
    turn += 1;
    draw(list);
  } catch (error) {
    const { detail } = problemOf(error);
    await refresh();
    byId("wrong").textContent = detail;
  }
}

byId("cancel").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const note = valueOf("note");
  if (note.length < 2) return showWrong(form, "note", "请写一句结果，别人接着办的时候看得到。");
  if (!finishing) return;
  try {
    /** @type {List} */
    const list = await call(`/assistance/${finishing.id}/finish`, { method: "POST", body: { note, answer: valueOf("answer") } });
    turn += 1;
    draw(list);
    dialog.close();
  } catch (error) {
    showProblem(form, problemOf(error));
  }
});

follow({
  kinds: "assistance.*",
  event: refresh,
  open: () => {
    byId("connection").hidden = true;
    refresh();
  },
  lost: () => {
    byId("connection").textContent = "和服务器断开了，新的求助暂时看不到，正在重新连接……";
    byId("connection").hidden = false;
  },
});
setInterval(() => {
  if (shown.waiting.some((one) => one.urgent)) ring(true);
}, RING_AGAIN);
setInterval(() => {
  if (!dialog.open && !byId("waiting").contains(document.activeElement)) draw(shown); // how long they have waited
}, A_MINUTE);
