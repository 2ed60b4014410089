// One case as its clerk sees it.
import { make, when } from "./api.js";

/** @param {object} found a Case @param {(step: object) => void} press @returns {HTMLElement[]} */
export function drawCase(found, press) {
  return [
    make(
      "header",
      { class: "case-head" },
      make("div", {}, make("h2", {}, found.item_name), make("p", { class: "number big" }, found.number_text)),
      make("span", { class: "chip plain", "data-state": found.state }, found.state_text),
    ),
    make("div", { class: "actions" }, ...found.steps.map((step) => make("button", { class: `button ${tone(step)}`, type: "button", "data-step": step.step, onclick: () => press(step) }, step.label))),
    make("section", {}, make("h3", {}, "时限"), ...clocks(found)),
    found.supplement.length ? supplement(found) : "",
    make("section", {}, make("h3", {}, "申请表"), make("table", { class: "table" }, make("tbody", {}, ...found.fields.map(fieldRow)))),
    make("section", {}, make("h3", {}, "经过"), make("ol", { class: "steps" }, ...found.history.map(entry))),
    make(
      "p",
      { class: "small muted" },
      `负责人：${found.owner ?? "还没有"}　单元：${found.unit_name}`,
      found.notice ? make("span", {}, "　", make("a", { href: `/notice/${found.notice}`, target: "_blank", rel: "noopener" }, "一次性告知书")) : "",
    ),
  ].filter(Boolean);
}

function tone(step) {
  if (step.danger) return "danger";
  return ["accept", "receive_supplement", "approve", "deliver"].includes(step.step) ? "primary" : "";
}

function clocks(found) {
  if (!found.clocks.length) return [make("p", {}, found.due_text)];
  return found.clocks.map((clock) => make("p", {}, clock.overdue ? make("span", { class: "chip bad" }, "超时") : "", clock.sentence));
}

function supplement(found) {
  return make(
    "section",
    {},
    make("h3", {}, "等申请人补"),
    make("ul", { class: "notice-lines" }, ...found.supplement.map((line) => make("li", {}, line.name, make("div", { class: "small muted" }, `${line.why}。${line.how}`)))),
  );
}

function fieldRow(field) {
  return make("tr", {}, make("th", { scope: "row" }, field.label), make("td", {}, field.value ?? "（没有填）"));
}

function entry(done) {
  const lines = done.lines.map((line) => `${line.name}：${line.why}`).join("；");
  return make("li", {}, make("strong", {}, done.label), make("span", { class: "muted small" }, `　${when(done.at)}　${done.by}`), done.note ? make("p", {}, done.note) : "", lines ? make("p", {}, lines) : "");
}
