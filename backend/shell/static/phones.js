// Telephone numbers within a text become links that call. Long ones are known by their shape; a short one (12333, 110) counts only
// where the words before it speak of calling, as 「120元」 and 「2026」 are no numbers to call.
import { make } from "./elements.js";

const NUMBERS = /\d+(?:-\d+)*/g;
const LONG = /^(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}|[48]00\d{7})$/;
const SHORT = /^(?:11[0-9]|12[0-9]{1,3}|9[56]\d{3,4})$/;
const CALLED = /(?:打|拨|电话|热线|短信)[^，。；！？\n\d]{0,8}$/;
const AND = /^(?:（[^（）]{0,12}）)?(?:、|和|或|或者|，也可以|，|或拨打|或打)$/;
const UNIT = /^ ?[元个天年月日份位岁倍%.％]/;

/** The text in pieces, its telephone numbers as links. @param {string} text @returns {(string | HTMLElement)[]} */
export function withPhones(text) {
  /** @type {(string | HTMLElement)[]} */
  const pieces = [];
  let end = 0;
  let called = false;
  let before = 0;
  for (const match of Array.from(text.matchAll(NUMBERS))) {
    const [number] = match;
    const start = match.index ?? 0;
    const after = text.slice(start + number.length);
    const between = text.slice(before, start);
    called = !UNIT.test(after) && (LONG.test(number) || (SHORT.test(number) && (CALLED.test(between) || (called && AND.test(between)))));
    before = start + number.length;
    if (!called) continue;
    if (start > end) pieces.push(text.slice(end, start));
    pieces.push(make("a", { href: `tel:${number.replace(/-/g, "")}` }, number));
    end = before;
  }
  if (end < text.length) pieces.push(text.slice(end));
  return pieces;
}
