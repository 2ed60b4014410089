// The checklist of a case: what the notice told to bring, and what was done with each of it.
import { call, problemOf } from "/static/shell/api.js";
import { make, press } from "/static/shell/elements.js";

/** @typedef {import("/types/api").CaseWork} Work */
/** @typedef {import("/types/api").ChecklistLine} Line */

const COPIED = "已复印";
const RETURNED = "原件已退";
const BROUGHT = ["bring", "show"];

/** @param {string} caseId @param {Work} work @param {() => Promise<void>} changed @returns {HTMLElement} */
export function drawChecklist(caseId, work, changed) {
  const wrong = make("p", { class: "wrong", role: "alert" });
  const lacking = work.checklist.filter((line) => line.lacking);
  /** @param {[Line, string, boolean][]} marks */
  const mark = async (marks) => {
    wrong.textContent = "";
    try {
      for (const [line, name, done] of marks) {
        await call(`/cases/${caseId}/materials/${encodeURIComponent(line.material)}/${name}`, { method: "POST", body: { done } });
      }
      await changed();
    } catch (error) {
      wrong.textContent = problemOf(error).detail;
    }
  };
  const all = press(`${lacking.length}样全部收到`, { "data-focus": "all", id: "all-received", onclick: () => mark(lacking.map((line) => [line, "received", true])) });
  return make(
    "section",
    { id: "checklist" },
    make("h3", {}, `材料清单（${work.listed}）`),
    make("ul", { class: "checklist" }, ...work.checklist.map((line) => row(line, mark))),
    wrong,
    lacking.length > 1 ? make("div", {}, all) : null,
  );
}

/** @param {Line} line @param {(marks: [Line, string, boolean][]) => void} mark */
function row(line, mark) {
  const names = BROUGHT.includes(line.kind) ? [["received", line.received_label], ["copied", COPIED], ["returned", RETURNED]] : [["received", line.received_label]];
  const buttons = names.map(([name, label]) => {
    const set = line.marks.find((one) => one.mark === name);
    return press(label, {
      class: "button mark",
      "aria-pressed": String(set !== undefined),
      "aria-label": `${label}：${line.name}`,
      title: set ? set.by : null,
      "data-focus": `${line.material}-${name}`,
      onclick: () => mark([[line, name, set === undefined]]),
    });
  });
  return make(
    "li",
    { class: "material-line", "data-lacking": line.lacking },
    make("div", {}, make("strong", {}, line.name), line.count > 1 ? `（${line.count}份）` : null, line.lacking ? make("span", { class: "tag warn" }, "还缺") : null),
    make("p", { class: "small muted" }, [line.required || !line.because ? line.because : `${line.because}才要`, line.form, line.kind === "not_asked" ? "我们自己查，查不到才要" : "", line.source].filter(Boolean).join("；")),
    make("div", { class: "actions" }, ...buttons),
  );
}
