// How well people are understood: attach a sentence to an item, take it back, switch answering off and on.
import { byId, call, make } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const dialog = byId("dialog");
const form = byId("teach-form");
let current = null;
let search = 0;

function each(selector, act) {
  for (const button of document.querySelectorAll(selector)) button.addEventListener("click", () => act(button.closest("li")));
}

async function change(path, options) {
  try {
    await call(path, options);
    location.reload();
  } catch (problem) {
    alertIn(problem.detail);
  }
}

function alertIn(detail) {
  const told = make("p", { class: "banner", role: "alert" }, detail);
  byId("main").prepend(told);
  told.scrollIntoView({ block: "center" });
}

each("[data-teach]", (row) => {
  current = { id: Number(row.dataset.question), text: row.querySelector("strong").textContent };
  clearWrong(form);
  byId("teach-text").textContent = current.text;
  byId("find").value = "";
  byId("found").replaceChildren();
  dialog.showModal();
  find(current.text);
});
each("[data-ignore]", (row) => change(`/understanding/unclear/${row.dataset.question}/ignore`, { method: "POST" }));
each("[data-forget]", (row) => change(`/understanding/taught/${row.dataset.example}`, { method: "DELETE" }));
each("[data-on]", (row) => change(`/switches/${row.dataset.kind}/${row.dataset.target}`, { method: "DELETE" }));

async function find(words) {
  const mine = ++search;
  const found = await call(`/catalogue/items?limit=8&q=${encodeURIComponent(words.slice(0, 100))}`);
  if (mine !== search) return; // a later search has begun
  byId("found").replaceChildren(
    ...found.items.map((item) => make("label", { class: "option" }, make("input", { type: "radio", name: "target", value: item.code }), `${item.plain_name}（${item.name}）`)),
  );
}

byId("find").addEventListener("input", (event) => find(event.target.value.trim() || current.text));
byId("cancel").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const chosen = form.querySelector("input[name=target]:checked");
  if (!chosen) return showWrong(form, "form", "请选一件事。");
  try {
    await call("/understanding/taught", { method: "POST", body: { kind: "item", target: chosen.value, text: current.text, question: current.id } });
    location.reload();
  } catch (problem) {
    showWrong(form, "form", problem.detail);
  }
});

byId("switch-form")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const fields = event.target;
  clearWrong(fields);
  const kind = byId("kind").value;
  const body = { kind, target: kind === "notice" ? "all" : byId("target").value.trim(), sentence: byId("sentence").value.trim() };
  if (!body.target) return showWrong(fields, "target", "请写停哪一个。");
  if (body.sentence.length < 4) return showWrong(fields, "sentence", "请写明告诉群众的话。");
  try {
    await call("/switches", { method: "POST", body });
    location.reload();
  } catch (problem) {
    if (!showWrong(fields, problem.field, problem.detail)) showWrong(fields, "form", problem.detail);
  }
});
