// One evaluation: upload and remove reports; of each question that went wrong: attach it, or say that it is not to come again.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, byIdOrNull, dataOf, make, press, refill } from "/static/shell/elements.js";
import { chosenOf, clearWrong, showProblem, showWrong } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";

/** @typedef {import("/types/api").ItemList} ItemList */
/** What a sentence can be attached to. @typedef {{kind: "item" | "answer", target: string, label: string}} Target */

const LONGEST = 200; // characters of a sentence that can be taught
const MAX_ANSWERS = 4;
/** @type {Record<string, string>} */
const SAID = { label_wrong: "记下了：标注不对，下次不再出现。", leave: "好的，下次不再出现。", open: "拿回来了，刷新后在上面。" };
const dialog = byId("dialog", HTMLDialogElement);
const form = byId("teach-form", HTMLFormElement);
const sentence = byId("sentence", HTMLTextAreaElement);
const wanted = byId("find", HTMLInputElement);
/** @type {HTMLElement} the question whose dialog is open */
let current;
let search = 0;

/** In place of the question's buttons: what was done, so that the next one stays where it is. @param {HTMLElement} row @param {string} done @param {boolean} [undo] */
function settle(row, done, undo = false) {
  const back = undo ? press("拿回来", { onclick: () => decide(row, "open") }) : null;
  const line = make("div", { class: "settled-line", role: "status" }, done, back);
  row.querySelector(".settled-line")?.remove();
  for (const controls of allWithin(row, ":scope > .actions, :scope > .button")) controls.hidden = true;
  row.append(line);
}

/** @param {HTMLElement} row @param {string} decision */
async function decide(row, decision) {
  try {
    await call("/understanding/decisions", { method: "POST", body: { text: dataOf(row, "text"), decision } });
  } catch (error) {
    return settle(row, problemOf(error).detail);
  }
  const [actions] = allWithin(row, ":scope > .actions");
  if (decision === "open" && actions) {
    row.querySelector(".settled-line")?.remove();
    actions.hidden = false;
    return;
  }
  settle(row, SAID[decision], decision !== "open");
}

for (const button of allWithin(document, "[data-decide]")) button.addEventListener("click", () => decide(around(button, "li"), dataOf(button, "decide")));
for (const button of allWithin(document, "[data-teach]")) button.addEventListener("click", () => begin(around(button, "li")));

/** @param {HTMLElement} row */
function begin(row) {
  current = row;
  clearWrong(form);
  sentence.value = dataOf(row, "text");
  wanted.value = "";
  refill(byId("found"));
  dialog.showModal();
  find("");
}

/** Every two characters that follow each other. @param {string} text */
function pairs(text) {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, place) => text.slice(place, place + 2)));
}

/** Policy answers that share most with the words; a title counts twice, those of the question's topic go before. @param {string} words @returns {Target[]} */
function likeAnswers(words) {
  const asked = pairs(words);
  /** @param {string} text */
  const shared = (text) => [...pairs(text)].filter((pair) => asked.has(pair)).length;
  const topic = dataOf(current, "topic");
  return allWithin(byId("answers"), "li")
    .map((one) => ({ one, score: 2 * shared(one.textContent ?? "") + shared(dataOf(one, "questions")) + (dataOf(one, "topic") === topic ? 0.5 : 0) }))
    .filter(({ score }) => score >= 1)
    .sort((a, b) => b.score - a.score)
    .slice(0, MAX_ANSWERS)
    .map(({ one }) => ({ kind: "answer", target: dataOf(one, "id"), label: `政策问答：${one.textContent}` }));
}

/** @returns {Target[]} */
function expectedItems() {
  const codes = dataOf(current, "items").split(" ").filter(Boolean);
  return codes
    .flatMap((code) => allWithin(byId("items"), `[data-code="${CSS.escape(code)}"]`))
    .map((one) => ({ kind: "item", target: dataOf(one, "code"), label: `${one.textContent}（标注的）` }));
}

/** @param {Target} one @param {boolean} [chosen] */
function option(one, chosen = false) {
  return make("label", { class: "option" }, make("input", { type: "radio", name: "target", value: one.target, "data-kind": one.kind, checked: chosen }), one.label);
}

/** What is labelled and the policy answers stand there at once; items like the words follow when the search has answered. @param {string} words */
async function find(words) {
  const mine = ++search;
  const about = words || dataOf(current, "text");
  const expected = words ? [] : expectedItems();
  const answers = likeAnswers(about).map((one) => option(one));
  refill(byId("found"), ...expected.map((one) => option(one, expected.length === 1)), ...answers);
  /** @type {Promise<ItemList>} */
  const searched = call(`/catalogue/items?limit=5&q=${encodeURIComponent(about.slice(0, 100))}`);
  const items = await searched.then((found) => found.items).catch(() => []); // what stands there already is enough
  if (mine !== search) return; // a later search has begun
  const known = new Set(expected.map((one) => one.target));
  const others = items.filter((item) => !known.has(item.code)).map((item) => option({ kind: "item", target: item.code, label: item.plain_name }));
  if (answers.length) answers[0].before(...others);
  else byId("found").append(...others);
}

wanted.addEventListener("input", () => find(wanted.value.trim()));
byId("cancel").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const text = sentence.value.trim();
  const chosen = chosenOf(form, "target");
  if (text.length < 2 || text.length > LONGEST) return showWrong(form, "text", `请写2到${LONGEST}个字，现在是${text.length}个。`);
  if (!chosen) return showWrong(form, "form", "请选一件事，或者一条政策问答。");
  try {
    await call("/understanding/taught", { method: "POST", body: { kind: dataOf(chosen, "kind"), target: chosen.value, text } });
    const asked = dataOf(current, "text");
    if (text !== asked) await call("/understanding/decisions", { method: "POST", body: { text: asked, decision: "leave" } });
  } catch (error) {
    return showProblem(form, problemOf(error));
  }
  dialog.close();
  settle(current, `挂好了：${around(chosen, "label").textContent}。几秒后导办就听得懂。`);
});

const upload = byId("upload", HTMLFormElement);
upload.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(upload);
  const file = byId("file", HTMLInputElement).files?.[0];
  if (!file) return showWrong(upload, "text", "请先选一个文件。");
  try {
    const name = file.name.replace(/\.json$/i, "").slice(0, 80);
    /** @type {import("/types/api").ReportView} */
    const report = await call("/understanding/reports", { method: "POST", body: { name, text: await file.text() }, key: randomId() });
    location.assign(`/content/understanding/report?of=${encodeURIComponent(report.id)}`);
  } catch (error) {
    showProblem(upload, problemOf(error));
  }
});

const remove = byIdOrNull("remove");
remove?.addEventListener("click", async () => {
  try {
    await call(`/understanding/reports/${dataOf(remove, "report")}`, { method: "DELETE" });
    location.assign("/content/understanding/report");
  } catch (error) {
    showWrong(upload, "form", problemOf(error).detail);
  }
});
