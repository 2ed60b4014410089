// Where an answer comes from: an item's guide, a policy answer, a rule.
import { facts, make } from "/static/shell/elements.js";

/** @param {import("/types/to_browser").GuideSource} guide */
export function drawGuide(guide) {
  const source = facts([
    ["事项", `${guide.name}（${guide.code}）`],
    ["版本", `第${guide.version}版`],
    ["日期", guide.published_on],
    ["法律依据", guide.basis.join("、") || "待中心确认"],
  ]);
  return drawSource("guide", source);
}

/** @param {import("/types/to_browser").AnswerSource} answer */
export function drawAnswer(answer) {
  const source = facts([
    ["问的是", answer.title],
    ["依据", answer.basis],
    ["核对日期", answer.checked_on],
    ["待中心确认", answer.to_confirm],
    ["相关事项", answer.item_name],
  ]);
  return drawSource("answer", source);
}

/** @param {string} kind @param {HTMLElement | null} source */
function drawSource(kind, source) {
  return make("details", { class: "source", "data-card": kind }, make("summary", { class: "small" }, "这样说的依据"), make("div", { class: "card small" }, source));
}
