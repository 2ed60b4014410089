// What must never be stored in a browser: texts that may hold a personal number, however it is written.

/** @type {Record<string, number>} */
const CHINESE = { 零: 0, "〇": 0, 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 幺: 1, 两: 2 };
const MIN_DIGITS = 11;
const LONG_RUN = new RegExp(`[0-9]{${MIN_DIGITS},}`);

/** Whether a text holds a run of eleven digits or more: full-width, in Chinese numerals, spaced or hyphened included. @param {string} text */
export function mayHoldNumber(text) {
  const plain = text
    .normalize("NFKC")
    .replace(/[零〇一二三四五六七八九幺两]/gu, (numeral) => String(CHINESE[numeral]))
    .replace(/[\s\p{Cf}\p{P}]/gu, "");
  return LONG_RUN.test(plain);
}
