// A case as a card in the conversation, and what the clerk's view of it shares.
import { facts, make } from "/static/shell/elements.js";
import { toneOf } from "/static/cases/case_words.js";

/** @param {import("/types/to_browser").CaseGlance} found */
export function drawCaseCard(found) {
  const tag = make("span", { class: `tag ${toneOf(found.state)}` }, found.state_text);
  return make(
    "article",
    { class: "card", "data-card": "case", "aria-label": `办件 ${found.number_text ?? ""}` },
    make("header", { class: "card-head" }, make("h2", {}, found.item_name), tag),
    found.number_text ? make("p", {}, "受理编号", make("br"), make("strong", { class: "number case-number" }, found.number_text)) : null,
    found.due_text ? make("p", {}, make("strong", {}, found.due_text)) : null,
    found.supplement.length ? make("section", {}, make("h3", {}, "要补的材料"), supplementList(found.supplement)) : null,
    facts([
      ["负责人", found.owner],
      ["时限", (found.deadlines ?? []).map((clock) => clock.sentence).join("")],
    ]),
    found.notice ? make("p", {}, make("a", { href: `/notice/${found.notice}`, target: "_blank", rel: "noopener" }, "看一次性告知书")) : null,
  );
}

/** What is missing, why, how to mend it. @param {import("/types/api").SupplementLine[]} lines */
export function supplementList(lines) {
  const items = lines.map((line) =>
    make("li", {}, make("strong", {}, line.name), make("div", { class: "small" }, `为什么要：${line.why}`), make("div", { class: "small" }, `怎么补：${line.how}`)),
  );
  return make("ul", { class: "list" }, ...items);
}
