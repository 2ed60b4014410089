// The one-time notice as a card in the conversation.
import { facts, make, press } from "/static/shell/elements.js";

/** @typedef {import("/types/api").Notice} Notice */
/** @typedef {import("/types/api").NoticeLine} NoticeLine */

/** @type {[string, import("/types/api").LineKind][]} */
const GROUPS = [
  ["要带的（交给窗口）", "bring"],
  ["给窗口看一下（看完还您）", "show"],
  ["要填写的", "fill_in"],
  ["核对一下就行的", "confirm"],
  ["不用带，我们自己查", "not_asked"],
];

/** @param {Notice} notice */
export function drawNotice(notice) {
  const asked = notice.lines.some((line) => line.kind !== "not_asked");
  return make(
    "article",
    { class: "card", "data-card": "notice", "aria-label": `一次性告知书 ${notice.number_text}` },
    make("header", {}, make("h2", {}, "一次性告知书"), make("p", {}, notice.item_name), make("p", {}, "编号 ", make("strong", { class: "number" }, notice.number_text))),
    asked ? null : make("p", {}, make("strong", {}, "什么材料都不用带。")),
    ...GROUPS.map(([title, kind]) => drawGroup(title, notice.lines.filter((line) => line.kind === kind))),
    make("p", { class: "promise" }, "窗口另外要材料的，请他说出是哪条规定要的。"),
    facts([
      ["多久办好", notice.time_limits_text],
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

/** @param {string} title @param {NoticeLine[]} lines all of one kind */
function drawGroup(title, lines) {
  if (!lines.length) return null;
  const [{ kind }] = lines;
  const list = make("ul", { class: kind === "not_asked" ? "list shared" : "list" }, ...lines.map(drawLine));
  return make("section", { "data-kind": kind }, make("h3", {}, title), list);
}

/** @param {NoticeLine} line */
function drawLine(line) {
  const shared = line.kind === "not_asked";
  return make(
    "li",
    {},
    make("strong", {}, line.name),
    line.count > 1 ? `（${line.count}份）` : "",
    line.form && !shared ? `，${line.form}` : "",
    line.because ? make("div", { class: "small" }, `为什么要：${line.because}`) : "",
    shared ? drawSource(line) : "",
    line.basis === "local-to-confirm" ? make("div", { class: "small muted" }, "依据：待中心确认") : "",
  );
}

/** Who the centre gets it from, and what happens where nothing is found. @param {NoticeLine} line */
function drawSource(line) {
  const source = line.obtained_from ? `我们向${line.obtained_from}查。` : "";
  const otherwise = line.if_not_found ? `查不到时：${line.if_not_found}` : "";
  return source || otherwise ? make("div", { class: "small muted" }, source + otherwise) : null;
}

/** @param {Notice} notice */
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
