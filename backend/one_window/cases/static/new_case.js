// A case for somebody who is at the counter: the item, their situation with its notice, the form. A draft is kept from the first field on.
import { call, problemOf } from "/static/shell/api.js";
import { byId, dataOf, make, press, refill } from "/static/shell/elements.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";
import { toLogin } from "/static/shell/login.js";
import { startFilling } from "./case_form.js";
import { whoseOf } from "./case_words.js";

/** @typedef {import("/types/api").ItemSummary} Item */
/** @typedef {import("/types/api").NoticePreview} Preview */
/** @typedef {import("/types/api").Case} Case */

const PAUSE = 150;
const MOST = 12;
const EVERY = "*";
const NOT_ASKED = "not_asked";
/** What is done with a material that is not simply handed in. @type {Record<string, string>} */
const HOW = { show: "看一下就还", fill_in: "要填写", confirm: "核对一下就行" };
const units = dataOf(byId("main"), "units").split(" ");
const input = byId("item", HTMLInputElement);
/** @type {Item | null} */
let chosen = null;
/** @type {Record<string, boolean>} */
let situation = {};
/** Questions whose answer still changes the list. @type {readonly import("/types/api").SituationQuestion[]} */
let open = [];
let key = randomId();
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let asked = 0;

/** One of the three parts; what is done is put away. @param {"choosing" | "asking" | "filling"} part */
function show(part) {
  for (const id of ["choosing", "asking", "filling"]) byId(id).hidden = id !== part;
  byId("wrong").textContent = "";
}

/** @param {unknown} error */
function complain(error) {
  const problem = problemOf(error);
  if (problem.status === 401) toLogin();
  byId("wrong").textContent = problem.detail;
}

async function search() {
  const turn = ++asked;
  const words = input.value.trim();
  if (!words) return refill(byId("items"));
  try {
    /** @type {import("/types/api").ItemList} */
    const found = await call(`/catalogue/items?${new URLSearchParams({ q: words, limit: String(MOST) })}`);
    if (turn !== asked) return; // a later question is under way
    const ours = found.items.filter((item) => units.includes(EVERY) || units.includes(item.unit));
    const others = found.items.filter((item) => !ours.includes(item));
    byId("said").textContent = ours.length ? "" : others.length ? `「${others[0].plain_name}」归「${others[0].unit_name}」办，请领群众到他们窗口。` : `没有找到「${words}」，换个说法试试。`;
    refill(byId("items"), ...ours.map((item) => make("li", {}, choice(item.plain_name, item.name, () => choose(item)))));
  } catch (error) {
    complain(error);
  }
}

/** @param {string} name @param {string} about @param {() => void} chosenBy */
function choice(name, about, chosenBy) {
  const button = press(name, { class: "choice", onclick: chosenBy });
  button.append(make("span", { class: "small muted" }, about));
  return button;
}

/** @param {Item} item */
async function choose(item) {
  chosen = item;
  situation = {};
  key = randomId();
  await ask();
  byId("asking-title").focus();
}

async function ask() {
  try {
    /** @type {Preview} */
    const preview = await call("/notices/preview", { method: "POST", body: { item: chosen?.code, situation } });
    show("asking");
    byId("chosen").textContent = preview.item_name;
    open = preview.questions;
    drawQuestions(open);
    drawMaterials("materials", preview.lines.filter((line) => line.kind !== NOT_ASKED));
    drawMaterials("not-asked", preview.lines.filter((line) => line.kind === NOT_ASKED));
  } catch (error) {
    complain(error);
  }
}

/** Mark the questions that are still open; the first gets the keyboard. Whether all were answered. */
function allAnswered() {
  clearWrong(byId("questions"));
  for (const { fact } of open) showWrong(byId("questions"), fact, "请先问清楚，选一个。");
  return !open.length;
}

/** @param {"materials" | "not-asked"} place @param {readonly import("/types/api").NoticeLine[]} lines */
function drawMaterials(place, lines) {
  byId(`${place}-part`).hidden = !lines.length;
  const said = lines.map((line) => ({ name: line.name, about: [line.because, HOW[line.kind]].filter(Boolean).join("，") }));
  refill(byId(place), ...said.map(({ name, about }) => make("li", {}, name, about ? make("span", { class: "small muted" }, `　${about}`) : null)));
}

/** Questions that were answered stay, so that an answer can be changed. @param {readonly import("/types/api").SituationQuestion[]} questions */
function drawQuestions(questions) {
  const place = byId("questions");
  const known = new Set(Array.from(place.children, (one) => one.id));
  if (!Object.keys(situation).length) refill(place);
  for (const question of questions) {
    const id = `q-${question.fact}`;
    if (known.has(id) && Object.keys(situation).length) continue;
    /** @param {string} label @param {boolean} value */
    const option = (label, value) =>
      make("label", { class: "option" }, make("input", { type: "radio", name: id, "aria-describedby": `${id}-wrong`, onchange: () => answered(question.fact, value) }), make("span", {}, label));
    const wrong = make("p", { class: "wrong", id: `${id}-wrong`, "data-for": question.fact, role: "alert" });
    place.append(make("fieldset", { id, class: "options" }, make("legend", {}, question.question), option(question.yes, true), option(question.no, false), wrong));
  }
}

/** @param {string} fact @param {boolean} value */
async function answered(fact, value) {
  situation = { ...situation, [fact]: value };
  key = randomId();
  clearWrong(byId(`q-${fact}`));
  await ask();
}

/** @param {SubmitEvent} event */
async function begin(event) {
  event.preventDefault();
  if (!allAnswered()) return;
  try {
    /** @type {import("/types/api").Notice} */
    const notice = await call("/notices", { method: "POST", body: { item: chosen?.code, situation }, key: `${key}-notice` });
    /** @type {Case} */
    const begun = await call("/cases/at-counter", { method: "POST", body: { item: chosen?.code, situation, notice: notice.number }, key: `${key}-case` });
    history.replaceState(null, "", `/counter/new?case=${begun.id}`);
    fill(begun);
  } catch (error) {
    complain(error);
  }
}

/** @param {Case} found */
function fill(found) {
  show("filling");
  const notice = found.notice ? make("a", { href: `/notice/${found.notice}#print`, target: "_blank", rel: "noopener", id: "print-notice", class: "button" }, "打印告知书") : null;
  refill(byId("notice-line"), make("strong", {}, found.item_name), "　", ...(notice ? [notice] : []));
  startFilling(found);
  byId("filling-title").focus();
}

/** @param {string} id */
async function goOn(id) {
  try {
    /** @type {Case} */
    const found = await call(`/cases/${encodeURIComponent(id)}`);
    if (found.state !== "draft") return location.replace(`/counter?case=${id}`);
    fill(found);
  } catch (error) {
    complain(error);
  }
}

async function drafts() {
  try {
    /** @type {import("/types/api").CounterDrafts} */
    const { cases } = await call("/cases/at-counter");
    byId("drafts").hidden = !cases.length;
    refill(byId("draft-list"), ...cases.map((one) => make("li", {}, choice(one.item_name, `${one.applicant || "还没写姓名"}　${whoseOf(one)}`, () => location.assign(`/counter/new?case=${one.id}`)))));
  } catch (error) {
    complain(error);
  }
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
});
byId("situation", HTMLFormElement).addEventListener("submit", begin);
byId("again").addEventListener("click", () => {
  show("choosing");
  input.focus();
});
const begun = new URLSearchParams(location.search).get("case");
if (begun) goOn(begun);
else drafts();
if (input.value) search(); // typed before anybody listened
