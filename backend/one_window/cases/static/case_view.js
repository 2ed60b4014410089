// One case as its clerk sees it.
import { day, when } from "/static/shell/dates.js";
import { facts, make, press } from "/static/shell/elements.js";
import { supplementList } from "./case_card.js";
import { STATES, STEP_KEYS, dueOf, toneOf } from "./case_words.js";
import { drawChecklist } from "./checklist.js";
import { keyOf } from "./keys.js";
import { unmaskTool } from "./unmask.js";

/** @typedef {import("/types/api").Case} Case */
/** @typedef {import("/types/api").StepChoice} Step */

const WHOLE = /^[\dA-Za-z*-]+$/; // a number, masked or not: never broken over two lines
const FORWARD = new Set(["accept", "receive_supplement", "approve", "propose_approval", "confirm", "deliver"]);

/**
 * @param {Case} found
 * @param {import("/types/api").CaseWork} work
 * @param {{choose: (step: Step) => void, changed: () => Promise<void>}} then
 * @returns {HTMLElement[]}
 */
export function drawCase(found, work, { choose, changed }) {
  return [
    head(found),
    work.deputy_for ? make("p", { class: "promise" }, `您在代${work.deputy_for}办这件，每一步都记明是代办。`) : null,
    work.waits_for ? make("p", { class: "promise", id: "waits-for" }, work.waits_for) : null,
    work.review ? make("p", { class: "promise", id: "review" }, work.review) : null,
    found.contact_text ? make("p", { class: "promise", id: "contact" }, found.contact_text) : null,
    steps(found, choose),
    drawChecklist(found.id, work, changed),
    section("时限", ...deadlines(found)),
    found.supplement.length ? section(`等申请人补的${found.supplement_until ? `（${day(found.supplement_until)}前）` : ""}`, supplementList(found.supplement)) : null,
    saidOf(found),
    section("申请表", make("table", { class: "table" }, make("tbody", {}, ...found.fields.map(fieldRow))), unmaskTool(found, work)),
    found.remedies ? section("申请人不服怎么办", make("p", {}, found.remedies.sentence), make("p", { class: "small muted" }, found.remedies.basis)) : null,
    section("经过", make("ol", { class: "timeline" }, ...[...found.history].reverse().map(entry))),
    section("其他", others(found)),
  ].filter((part) => part !== null);
}

/** @param {Case} found */
function head(found) {
  return make(
    "header",
    { class: "case-head" },
    make("div", {}, make("h2", { id: "case-title", tabindex: "-1" }, found.item_name), make("p", { class: "number case-number" }, found.number_text)),
    make("span", { class: `tag ${toneOf(found.state)}`, "data-state": found.state }, STATES[found.state] ?? found.state_text),
  );
}

/** @param {Case} found @param {(step: Step) => void} choose */
function steps(found, choose) {
  if (!found.steps.length) return null;
  return make("div", { class: "actions", role: "group", "aria-label": "下一步" }, ...found.steps.map((step) => button(step, choose)));
}

/** @param {Step} step @param {(step: Step) => void} choose */
function button(step, choose) {
  const key = STEP_KEYS[step.step];
  const attributes = { class: `button ${tone(step)}`, "data-step": step.step, "data-focus": step.step, "aria-keyshortcuts": key, onclick: () => choose(step) };
  const made = press(step.label, attributes);
  const shown = keyOf(key);
  if (shown) made.append(" ", shown);
  return made;
}

/** @param {Step} step */
function tone(step) {
  if (step.danger) return "danger";
  return FORWARD.has(step.step) ? "primary" : "";
}

/** @param {string} title @param {...(HTMLElement | null)} content */
function section(title, ...content) {
  return make("section", {}, make("h3", {}, title), ...content);
}

/** What the applicant said of the supplement and of fields that are wrong, newest first. @param {Case} found */
function saidOf(found) {
  const said = found.statements ?? [];
  if (!said.length) return null;
  const entries = [...said].reverse().map((one) =>
    make("li", {}, make("p", { class: "lines" }, one.line ? make("strong", {}, `${one.line}：`) : null, one.text), make("p", { class: "small muted" }, `${when(one.at)}　申请人，在对话里说的`)),
  );
  return section("申请人说的情况", make("ol", { class: "timeline", id: "statements" }, ...entries));
}

/** @param {Case} found */
function deadlines(found) {
  if (!found.deadlines.length) return [make("p", {}, dueOf(found))];
  return found.deadlines.map((clock) => make("p", {}, clock.overdue ? make("span", { class: "tag bad" }, "超时") : null, clock.overdue ? " " : null, clock.sentence));
}

/** @param {import("/types/api").FieldView} field */
function fieldRow(field) {
  return make("tr", {}, make("th", { scope: "row" }, field.label), make("td", { class: WHOLE.test(field.value ?? "") ? "number" : "lines" }, field.value ?? "（没有填）"));
}

/** @param {import("/types/api").HistoryEntry} done */
function entry(done) {
  return make(
    "li",
    {},
    make("p", {}, make("strong", {}, done.label)),
    make("p", { class: "small muted" }, `${when(done.at)}　${done.by}${done.deputy_for ? `（代${done.deputy_for}）` : ""}`),
    done.note ? make("p", { class: "lines" }, done.note) : null,
    done.lines.length ? make("ul", {}, ...done.lines.map((line) => make("li", {}, `${line.name}：${line.why}。怎么补：${line.how}`))) : null,
    done.why_again ? make("p", { class: "lines small" }, `为什么再要：${done.why_again}`) : null,
    done.document ? make("p", {}, make("a", { href: done.document, target: "_blank", rel: "noopener" }, "打印文书")) : null,
  );
}

/** @param {Case} found */
function others(found) {
  const notice = found.notice ? make("a", { href: `/notice/${found.notice}`, target: "_blank", rel: "noopener" }, "看一次性告知书") : null;
  return facts([
    ["负责人", found.owner ?? "还没有"],
    ["单元", found.unit_name],
    ["事项版本", `${found.item}，第${found.item_version}版`],
    ["提交时间", found.submitted_at ? when(found.submitted_at) : null],
    ["告知书", notice],
  ]);
}
