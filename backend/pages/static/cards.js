// Cards in the conversation: notice, case, guide.
import { make } from "./api.js";

const GROUPS = [
  ["要带的（交给窗口）", "bring"],
  ["要出示的（看一下就还您）", "show"],
  ["要填的", "fill_in"],
  ["只需核对的", "confirm"],
  ["不用带，我们自己查", "not_asked"],
];
const STATE_TONE = { approved: "good", delivered: "good", refused: "bad", rejected: "bad", awaiting_supplement: "warn" };

/** @param {{kind: string}} card @returns {HTMLElement | null} */
export function drawCard(card) {
  const draw = { notice: drawNotice, case: drawCase, guide: drawGuide }[card.kind];
  return draw ? draw(card[card.kind]) : null;
}

function drawNotice(notice) {
  const groups = GROUPS.map(([title, kind]) => drawGroup(title, kind, notice.lines.filter((line) => line.kind === kind)));
  return make(
    "article",
    { class: "card talk-card", "data-card": "notice" },
    make("header", {}, make("h2", {}, `${notice.plain_name}：一次性告知书`), make("span", { class: "number" }, notice.number_text)),
    ...groups,
    facts([
      ["要多久", notice.clock_text],
      ["费用", notice.fee_text],
      ["在哪办", `${notice.hall}。${notice.handled_at_text}`],
    ]),
    basis(`${notice.item_name}（${notice.item}，第${notice.item_version}版）`, notice.legal_basis),
    make("div", { class: "choices" }, make("a", { class: "button", href: notice.page, target: "_blank", rel: "noopener" }, "打印／保存")),
  );
}

function drawGroup(title, kind, lines) {
  if (!lines.length) return null;
  const shared = kind === "not_asked";
  return make(
    "section",
    {},
    make("h3", {}, title),
    make("ul", { class: shared ? "notice-lines shared" : "notice-lines" }, ...lines.map((line) => drawLine(line, shared))),
  );
}

function drawLine(line, shared) {
  return make(
    "li",
    {},
    line.name,
    line.count > 1 ? ` ×${line.count}` : "",
    line.because ? make("span", { class: "chip plain" }, line.because) : "",
    line.form ? make("div", { class: "small muted" }, line.form) : "",
    shared ? make("div", { class: "small muted" }, `向${line.obtained_from}查${line.if_not_found ? `；查不到时：${line.if_not_found}` : ""}`) : "",
  );
}

function drawCase(found) {
  return make(
    "article",
    { class: "card talk-card", "data-card": "case" },
    make("header", {}, make("h2", {}, found.item_name), make("span", { class: `chip ${STATE_TONE[found.state] || "plain"}` }, found.state_text)),
    found.number_text ? make("p", { class: "number big" }, found.number_text) : null,
    make("p", {}, found.due_text),
    found.supplement.length
      ? make(
          "section",
          {},
          make("h3", {}, "要补的材料"),
          make("ul", { class: "notice-lines" }, ...found.supplement.map((line) => make("li", {}, line.name, make("div", { class: "small muted" }, `${line.why}。${line.how}`)))),
        )
      : null,
  );
}

function drawGuide(guide) {
  return make("div", { class: "small muted", "data-card": "guide" }, basis(`来源：${guide.name}（${guide.code}，第${guide.version}版，${guide.published_on}）`, guide.basis));
}

function facts(pairs) {
  return make("dl", { class: "facts" }, ...pairs.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function basis(title, rules) {
  return make("details", {}, make("summary", {}, "依据"), make("p", { class: "small" }, title), make("ul", { class: "small" }, ...rules.map((rule) => make("li", {}, rule))));
}
