// The editor's list: filter while typing, import a file.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, byIdOrNull, dataOf } from "/static/shell/elements.js";
import { clearWrong, showWrong, valueOf } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";

const rows = allWithin(byId("items"), "[data-words]");
const form = byIdOrNull("import", HTMLFormElement); // only for who may edit

byId("find").addEventListener("input", () => {
  const words = valueOf("find").toLowerCase().split(/\s+/);
  for (const row of rows) row.hidden = !words.every((word) => dataOf(row, "words").toLowerCase().includes(word));
  byId("said").textContent = `${rows.filter((row) => !row.hidden).length}项`;
});

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  byId("imported").textContent = "";
  const file = byId("file", HTMLInputElement).files?.[0];
  if (!file) return showWrong(form, "text", "请先选一个文件。");
  const body = { kind: file.name.endsWith(".csv") ? "csv" : "yaml", text: await file.text() };
  try {
    /** @type {import("/types/api").Imported} */
    const found = await call("/catalogue/editor/import", { method: "POST", body, key: randomId() });
    const drafts = found.drafts.map((draft) => `${draft.code}（第${draft.version}版）`).join("、");
    byId("imported").textContent = `${found.drafts.length ? `做好草稿：${drafts}。` : ""}没有变化的${found.unchanged.length}项。`;
  } catch (error) {
    const problem = problemOf(error);
    const detail = problem.detail.replace(/；/g, "\n");
    if (!showWrong(form, problem.field, detail)) showWrong(form, "form", detail);
  }
});
