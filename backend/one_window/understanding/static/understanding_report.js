// One evaluation: upload and remove reports; of each question that went wrong: attach it, or say that it is not to come again.
import { byId, call, make, press, randomId } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const LONGEST = 200; // characters of a sentence that can be taught
const MOST_ANSWERS = 4;
const SAID = { label_wrong: "记下了：标注不对，下次不再出现。", leave: "好的，下次不再出现。", open: "拿回来了，刷新后在上面。" };
const dialog = byId("dialog");
const form = byId("teach-form");
let current = null;
let search = 0;

/** In place of the question's buttons: what was done, so that the next one stays where it is. */
function settle(row, sentence, undo = null) {
  const back = undo ? press("拿回来", { onclick: () => decide(row, "open") }) : null;
  const line = make("div", { class: "settled-line", role: "status" }, sentence, back);
  row.querySelector(".settled-line")?.remove();
  for (const controls of row.querySelectorAll(":scope > .actions, :scope > .button")) controls.hidden = true;
  row.append(line);
}

async function decide(row, decision) {
  try {
    await call("/understanding/decisions", { method: "POST", body: { text: row.dataset.text, decision } });
  } catch (problem) {
    return settle(row, problem.detail);
  }
  const actions = row.querySelector(":scope > .actions");
  if (decision === "open" && actions) {
    row.querySelector(".settled-line")?.remove();
    actions.hidden = false;
    return;
  }
  settle(row, SAID[decision], decision !== "open");
}

for (const button of document.querySelectorAll("[data-decide]")) button.addEventListener("click", () => decide(button.closest("li"), button.dataset.decide));
for (const button of document.querySelectorAll("[data-teach]")) button.addEventListener("click", () => begin(button.closest("li")));

function begin(row) {
  current = row;
  clearWrong(form);
  byId("sentence").value = row.dataset.text;
  byId("find").value = "";
  byId("found").replaceChildren();
  dialog.showModal();
  find("");
}

function pairs(text) {
  return new Set(Array.from({ length: Math.max(0, text.length - 1) }, (_, place) => text.slice(place, place + 2)));
}

/** Policy answers that share most with the words; a title counts twice, those of the question's topic go before. */
function likeAnswers(words) {
  const wanted = pairs(words);
  const shared = (text) => [...pairs(text)].filter((pair) => wanted.has(pair)).length;
  return [...byId("answers").children]
    .map((one) => ({ one, score: 2 * shared(one.textContent) + shared(one.dataset.questions) + (one.dataset.topic === current.dataset.topic ? 0.5 : 0) }))
    .filter(({ score }) => score >= 1)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_ANSWERS)
    .map(({ one }) => ({ kind: "answer", target: one.dataset.id, label: `政策问答：${one.textContent}` }));
}

function expectedItems() {
  const codes = current.dataset.items.split(" ").filter(Boolean);
  return codes
    .map((code) => byId("items").querySelector(`[data-code="${CSS.escape(code)}"]`))
    .filter(Boolean)
    .map((one) => ({ kind: "item", target: one.dataset.code, label: `${one.textContent}（标注的）` }));
}

function option(one, chosen = false) {
  return make("label", { class: "option" }, make("input", { type: "radio", name: "target", value: one.target, "data-kind": one.kind, checked: chosen }), one.label);
}

/** What is labelled and the policy answers stand there at once; items like the words follow when the search has answered. */
async function find(words) {
  const mine = ++search;
  const about = words || current.dataset.text;
  const expected = words ? [] : expectedItems();
  const answers = likeAnswers(about).map((one) => option(one));
  byId("found").replaceChildren(...expected.map((one) => option(one, expected.length === 1)), ...answers);
  const found = await call(`/catalogue/items?limit=5&q=${encodeURIComponent(about.slice(0, 100))}`).catch(() => ({ items: [] }));
  if (mine !== search) return; // a later search has begun
  const known = new Set(expected.map((one) => one.target));
  const others = found.items.filter((item) => !known.has(item.code)).map((item) => option({ kind: "item", target: item.code, label: item.plain_name }));
  if (answers.length) answers[0].before(...others);
  else byId("found").append(...others);
}

byId("find").addEventListener("input", (event) => find(event.target.value.trim()));
byId("cancel").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const text = byId("sentence").value.trim();
  const chosen = form.querySelector("input[name=target]:checked");
  if (text.length < 2 || text.length > LONGEST) return showWrong(form, "text", `请写2到${LONGEST}个字，现在是${text.length}个。`);
  if (!chosen) return showWrong(form, "form", "请选一件事，或者一条政策问答。");
  try {
    await call("/understanding/taught", { method: "POST", body: { kind: chosen.dataset.kind, target: chosen.value, text } });
    if (text !== current.dataset.text) await call("/understanding/decisions", { method: "POST", body: { text: current.dataset.text, decision: "leave" } });
  } catch (problem) {
    if (!showWrong(form, problem.field, problem.detail)) showWrong(form, "form", problem.detail);
    return;
  }
  dialog.close();
  settle(current, `挂好了：${chosen.parentElement.textContent}。几秒后导办就听得懂。`);
});

byId("upload").addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = event.target;
  clearWrong(fields);
  const file = byId("file").files[0];
  if (!file) return showWrong(fields, "text", "请先选一个文件。");
  try {
    const name = file.name.replace(/\.json$/i, "").slice(0, 80);
    const report = await call("/understanding/reports", { method: "POST", body: { name, text: await file.text() }, key: randomId() });
    location.assign(`/content/understanding/report?of=${encodeURIComponent(report.id)}`);
  } catch (problem) {
    if (!showWrong(fields, problem.field, problem.detail)) showWrong(fields, "form", problem.detail);
  }
});

byId("remove")?.addEventListener("click", async (event) => {
  try {
    await call(`/understanding/reports/${event.target.dataset.report}`, { method: "DELETE" });
    location.assign("/content/understanding/report");
  } catch (problem) {
    showWrong(byId("upload"), "form", problem.detail);
  }
});
