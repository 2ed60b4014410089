// Cards in the conversation: the source of an answer (guide), the one-time notice, a case.
import { make, press } from "./api.js";

const GROUPS = [
  ["要带的（交给窗口）", "bring"],
  ["给窗口看一下（看完还您）", "show"],
  ["要填写的", "fill_in"],
  ["核对一下就行的", "confirm"],
  ["不用带，我们自己查", "not_asked"],
];
const TONES = { approved: "good", delivered: "good", refused: "bad", rejected: "bad", awaiting_supplement: "warn" };

/** A card, or nothing for a kind this page does not know. @param {{kind: string}} card */
export function drawCard(card) {
  const draw = { guide: drawGuide, answer: drawAnswer, notice: drawNotice, case: drawCase }[card.kind];
  return draw ? draw(card[card.kind]) : null;
}

export const toneOf = (state) => TONES[state] ?? "";

/** What is missing, why, how to mend it. */
export function supplementList(lines) {
  const items = lines.map((line) =>
    make("li", {}, make("strong", {}, line.name), make("div", { class: "small" }, `为什么要：${line.why}`), make("div", { class: "small" }, `怎么补：${line.how}`)),
  );
  return make("ul", { class: "list" }, ...items);
}

export function facts(pairs) {
  const filled = pairs.filter(([, value]) => value);
  if (!filled.length) return null;
  return make("dl", { class: "facts" }, ...filled.flatMap(([name, value]) => [make("dt", {}, name), make("dd", {}, value)]));
}

function drawGuide(guide) {
  const source = facts([
    ["事项", `${guide.name}（${guide.code}）`],
    ["版本", `第${guide.version}版`],
    ["日期", guide.published_on],
    ["法律依据", guide.basis.join("、") || "待中心确认"],
  ]);
  return make("details", { class: "source", "data-card": "guide" }, make("summary", { class: "small" }, "这样说的依据"), make("div", { class: "card small" }, source));
}

function drawAnswer(answer) {
  const source = facts([
    ["问的是", answer.title],
    ["依据", answer.basis],
    ["核对日期", answer.checked_on],
    ["待中心确认", answer.to_confirm],
    ["相关事项", answer.item_name],
  ]);
  return make("details", { class: "source", "data-card": "answer" }, make("summary", { class: "small" }, "这样说的依据"), make("div", { class: "card small" }, source));
}

function drawNotice(notice) {
  const asked = notice.lines.some((line) => line.kind !== "not_asked");
  return make(
    "article",
    { class: "card", "data-card": "notice", "aria-label": `一次性告知书 ${notice.number_text}` },
    make("header", {}, make("h2", {}, "一次性告知书"), make("p", {}, notice.item_name), make("p", {}, "编号 ", make("strong", { class: "number" }, notice.number_text))),
    asked ? null : make("p", {}, make("strong", {}, "什么材料都不用带。")),
    ...GROUPS.map(([title, kind]) => drawGroup(title, kind, notice.lines)),
    make("p", { class: "promise" }, "清单以外的材料，窗口不得再要。"),
    facts([
      ["多久办好", notice.clock_text],
      ["收费", notice.fee_text],
      ["在哪办", `${notice.hall}。${notice.handled_at_text}`],
    ]),
    drawBasis(notice),
    make(
      "div",
      { class: "actions" },
      press("打印", { class: "button primary", onclick: () => open(`${notice.page}#print`, "_blank", "noopener") }),
      make("a", { class: "button", href: notice.page, target: "_blank", rel: "noopener" }, "看打印页"),
    ),
  );
}

function drawGroup(title, kind, lines) {
  const own = lines.filter((line) => line.kind === kind);
  if (!own.length) return null;
  const list = make("ul", { class: kind === "not_asked" ? "list shared" : "list" }, ...own.map(drawLine));
  return make("section", { "data-kind": kind }, make("h3", {}, title), list);
}

function drawLine(line) {
  const shared = line.kind === "not_asked";
  const found = shared && line.obtained_from ? `我们向${line.obtained_from}查。` : "";
  const otherwise = shared && line.if_not_found ? `查不到时：${line.if_not_found}` : "";
  return make(
    "li",
    {},
    make("strong", {}, line.name),
    line.count > 1 ? `（${line.count}份）` : "",
    line.form && !shared ? `，${line.form}` : "",
    line.because ? make("div", { class: "small" }, `为什么要：${line.because}`) : "",
    found || otherwise ? make("div", { class: "small muted" }, found + otherwise) : "",
    line.basis === "local-to-confirm" ? make("div", { class: "small muted" }, "依据：待中心确认") : "",
  );
}

function drawBasis(notice) {
  const confirm = notice.to_confirm.length
    ? [make("p", {}, "还没有确认、要等中心答复的："), make("ul", {}, ...notice.to_confirm.map((matter) => make("li", {}, matter)))]
    : [];
  return make(
    "details",
    {},
    make("summary", { class: "small" }, "法律依据和版本"),
    make("div", { class: "small stack" }, make("p", {}, notice.legal_basis.join("、") || "待中心确认"), make("p", { class: "muted" }, `${notice.item}，第${notice.item_version}版`), ...confirm),
  );
}

function drawCase(found) {
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
      ["时限", (found.clocks ?? []).map((clock) => clock.sentence).join("")],
    ]),
    found.notice ? make("p", {}, make("a", { href: `/notice/${found.notice}`, target: "_blank", rel: "noopener" }, "看一次性告知书")) : null,
  );
}
