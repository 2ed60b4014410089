// One version of an item: save the frequent fields or the whole, move it on, begin a new one.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, byIdOrNull, dataOf, make, refill } from "/static/shell/elements.js";
import { clearWrong, showWrong, valueOf } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";
import { toLogin } from "/static/shell/login.js";

const main = byId("main");
const code = dataOf(main, "code");
const version = dataOf(main, "version");
const address = `/catalogue/editor/items/${code}/versions`;
const LISTS = ["aliases", "examples", "common_mistakes", "notes", "to_confirm"];
const TEXTS = ["plain_name", "summary", "serves", "hall", "fee_text", "result"];
/** @type {Record<string, string>} field of the item -> field of the page, where they differ */
const FIELDS = { "fee.text": "fee_text", "time_limits.promised.value": "promised_value", "time_limits.promised.cite": "promised_cite" };
let unsaved = false;

/** @param {string} id */
const listOf = (id) => valueOf(id).split("\n").map((line) => line.trim()).filter(Boolean);
const whole = () => byId("yaml", HTMLTextAreaElement).value;

function frequent() {
  const texts = Object.fromEntries(TEXTS.map((name) => [name, valueOf(name).replace(/\n/g, "")]));
  const lists = Object.fromEntries(LISTS.map((name) => [name, listOf(name)]));
  const number = valueOf("promised_value");
  const promised = number ? { value: Number(number) || 0, unit: valueOf("promised_unit"), cite: valueOf("promised_cite") } : null;
  return { ...texts, ...lists, promised };
}

/** @param {unknown} error @param {HTMLElement | null} scope where the refused field may be */
function complain(error, scope) {
  const problem = problemOf(error);
  if (problem.status === 401) toLogin();
  const field = problem.field ?? "";
  const name = FIELDS[field] ?? field.split(".")[0];
  const detail = problem.detail.replace(/；/g, "\n");
  if (!scope || !showWrong(scope, name, detail)) byId("wrong").textContent = detail;
}

/** @param {HTMLElement} scope @param {{fields: object} | {yaml: string}} change */
async function save(scope, change) {
  clearWrong(main);
  refill(byId("complaints"));
  try {
    await call(`${address}/${version}`, { method: "PATCH", body: { edits: Number(dataOf(main, "edits")), ...change } });
    unsaved = false;
    sessionStorage.setItem("daoban.saved", "草稿已保存。");
    location.assign(`/content/items/${code}`);
  } catch (error) {
    complain(error, scope);
    byId("wrong").scrollIntoView({ block: "nearest" });
  }
}

/** The schema's complaints about the whole text, each with its field; true when there is nothing to mend. */
async function checkWhole() {
  clearWrong(main);
  refill(byId("complaints"));
  try {
    /** @type {import("/types/api").CheckedText} */
    const { complaints } = await call("/catalogue/editor/check", { method: "POST", body: { yaml: whole() } });
    refill(byId("complaints"), ...complaints.map((one) => make("li", {}, make("strong", {}, one.field), `：${one.text}`)));
    byId("saved").textContent = complaints.length ? "" : "没有要改的。";
    return complaints.length === 0;
  } catch (error) {
    complain(error, byId("whole"));
    return false;
  }
}

/** @param {string} path @param {object} body */
async function act(path, body) {
  clearWrong(main);
  try {
    /** @type {import("/types/api").VersionView} */
    const found = await call(path, { method: "POST", body, key: randomId() });
    unsaved = false;
    location.assign(`/content/items/${code}?version=${found.version}`);
  } catch (error) {
    complain(error, byIdOrNull("next"));
  }
}

byId("fields").addEventListener("submit", (event) => {
  event.preventDefault();
  save(byId("fields"), { fields: frequent() });
});
byId("whole").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await checkWhole()) save(byId("whole"), { yaml: whole() });
});
byIdOrNull("check")?.addEventListener("click", checkWhole);
byIdOrNull("begin")?.addEventListener("click", () => act(address, {}));
for (const button of allWithin(document, "[data-revert]")) {
  button.addEventListener("click", () => act(address, { based_on: Number(dataOf(button, "revert")) }));
}
for (const button of allWithin(document, "[data-step]")) {
  button.addEventListener("click", () => {
    if (unsaved && dataOf(button, "step") === "submit") {
      byId("wrong").textContent = "您改的还没保存，请先点「保存草稿」。";
      return;
    }
    act(`${address}/${version}/steps/${dataOf(button, "step")}`, { note: valueOf("step-note"), from_date: byIdOrNull("from", HTMLInputElement)?.value || null });
  });
}
for (const form of [byId("fields"), byId("whole")]) {
  form.addEventListener("input", () => {
    unsaved = true;
  });
}
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});
byId("saved").textContent = sessionStorage.getItem("daoban.saved") ?? "";
sessionStorage.removeItem("daoban.saved");
