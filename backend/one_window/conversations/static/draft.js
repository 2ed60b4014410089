// What is being written and not yet sent: a page that is loaded anew in the same tab gives it back. Personal numbers are not kept.
import { mayHoldNumber } from "./privacy.js";

const KEY = "daoban.draft";

/** @param {string} text */
export function keep(text) {
  try {
    if (text && !mayHoldNumber(text)) sessionStorage.setItem(KEY, text);
    else sessionStorage.removeItem(KEY);
  } catch {
    // a browser that forbids storage gives nothing back
  }
}

export function kept() {
  try {
    return sessionStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}
