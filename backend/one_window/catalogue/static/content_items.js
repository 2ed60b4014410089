// The editor's list: filter while typing, import a file.
import { byId, call, randomId } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const rows = [...byId("items").children];
const form = byId("import");

byId("find").addEventListener("input", (event) => {
  const words = event.target.value.trim().toLowerCase().split(/\s+/);
  for (const row of rows) row.hidden = !words.every((word) => row.dataset.words.toLowerCase().includes(word));
  byId("said").textContent = `${rows.filter((row) => !row.hidden).length}项`;
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  byId("imported").textContent = "";
  const file = byId("file").files[0];
  if (!file) return showWrong(form, "text", "请先选一个文件。");
  const body = { kind: file.name.endsWith(".csv") ? "csv" : "yaml", text: await file.text() };
  try {
    const found = await call("/catalogue/editor/import", { method: "POST", body, key: randomId() });
    const drafts = found.drafts.map((draft) => `${draft.code}（第${draft.version}版）`).join("、");
    byId("imported").textContent = `${found.drafts.length ? `做好草稿：${drafts}。` : ""}没有变化的${found.unchanged.length}项。`;
  } catch (problem) {
    const detail = problem.detail.replaceAll("；", "\n");
    if (!showWrong(form, problem.field, detail)) showWrong(form, "form", detail);
  }
});
