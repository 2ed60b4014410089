// One version of an item: save the frequent fields or the whole, move it on, begin a new one.
import { byId, call, make, randomId } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const main = byId("main");
const { code, version } = main.dataset;
const address = `/catalogue/editor/items/${code}/versions`;
const LISTS = ["aliases", "examples", "common_mistakes", "notes", "to_confirm"];
const TEXTS = ["plain_name", "summary", "serves", "hall", "fee_text", "result"];
let unsaved = false;

const value = (id) => byId(id).value.trim();
const listOf = (id) => value(id).split("\n").map((line) => line.trim()).filter(Boolean);

function frequent() {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, value(name).replaceAll("\n", "")]));
  const lists = Object.fromEntries(LISTS.map((name) => [name, listOf(name)]));
  const number = value("promised_value");
  const promised = number ? { value: Number(number) || 0, unit: value("promised_unit"), cite: value("promised_cite") } : null;
  return { ...texts, ...lists, promised };
}

function complain(problem, scope) {
  if (problem.status === 401) location.assign("/login");
  const field = { "fee.text": "fee_text", "clock.promised.value": "promised_value", "clock.promised.cite": "promised_cite" }[problem.field];
  const name = field ?? String(problem.field ?? "").split(".")[0];
  const detail = problem.detail.replaceAll("；", "\n");
  if (!scope || !showWrong(scope, name, detail)) byId("wrong").textContent = detail;
}

async function save(scope, change) {
  clearWrong(main);
  byId("complaints").replaceChildren();
  try {
    await call(`${address}/${version}`, { method: "PATCH", body: { edits: Number(main.dataset.edits), ...change } });
    unsaved = false;
    sessionStorage.setItem("daoban.saved", "草稿已保存。");
    location.assign(`/content/items/${code}`);
  } catch (problem) {
    complain(problem, scope);
    byId("wrong").scrollIntoView({ block: "nearest" });
  }
}

/** The schema's complaints about the whole text, each with its field; true when there is nothing to mend. */
async function checkWhole() {
  clearWrong(main);
  byId("complaints").replaceChildren();
  try {
    const { complaints } = await call("/catalogue/editor/check", { method: "POST", body: { yaml: byId("yaml").value } });
    byId("complaints").replaceChildren(...complaints.map((one) => make("li", {}, make("strong", {}, one.field), `：${one.text}`)));
    byId("saved").textContent = complaints.length ? "" : "没有要改的。";
    return complaints.length === 0;
  } catch (problem) {
    complain(problem, byId("whole"));
    return false;
  }
}

async function act(path, body) {
  clearWrong(main);
  try {
    const found = await call(path, { method: "POST", body, key: randomId() });
    unsaved = false;
    location.assign(`/content/items/${code}?version=${found.version}`);
  } catch (problem) {
    complain(problem, byId("next"));
  }
}

byId("fields").addEventListener("submit", (event) => {
  event.preventDefault();
  save(byId("fields"), { fields: frequent() });
});
byId("whole").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await checkWhole()) save(byId("whole"), { yaml: byId("yaml").value });
});
byId("check")?.addEventListener("click", checkWhole);
byId("begin")?.addEventListener("click", () => act(address, {}));
for (const button of document.querySelectorAll("[data-revert]")) {
  button.addEventListener("click", () => act(address, { based_on: Number(button.dataset.revert) }));
}
for (const button of document.querySelectorAll("[data-step]")) {
  button.addEventListener("click", () => {
    if (unsaved && button.dataset.step === "submit") {
      byId("wrong").textContent = "您改的还没保存，请先点「保存草稿」。";
      return;
    }
    act(`${address}/${version}/steps/${button.dataset.step}`, { note: value("step-note"), from_date: byId("from")?.value || null });
  });
}
for (const form of [byId("fields"), byId("whole")]) form.addEventListener("input", () => (unsaved = true));
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
byId("saved").textContent = sessionStorage.getItem("daoban.saved") ?? "";
sessionStorage.removeItem("daoban.saved");
