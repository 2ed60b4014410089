// Keys of the counter: one letter each, off while somebody types or a dialog is open; who does not want them switches them off.
import { byId, make, refill } from "/static/shell/elements.js";

/** `shown` only where the key is another than the one on the button. @typedef {{key: string, says: string, run: () => void}} Key */

const STORED = "daoban-keys";
const OFF = "off";
const help = byId("help", HTMLDialogElement);
const wanted = byId("keys-on", HTMLInputElement);

function isOn() {
  try {
    return localStorage.getItem(STORED) !== OFF;
  } catch {
    return true; // a browser that stores nothing
  }
}

/** @param {boolean} on */
function remember(on) {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, OFF);
  } catch {
    wanted.checked = true; // a browser that stores nothing cannot remember it
  }
}

/** @param {KeyboardEvent} event */
function isForUs(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || document.querySelector("dialog[open]")) return false;
  return !(event.target instanceof HTMLElement && event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

/** The first key that is pressed decides; letters of either case. @param {Key[]} keys */
export function startKeys(keys) {
  const show = () => {
    wanted.checked = isOn();
    refill(byId("help-keys"), ...keys.flatMap(({ key, says }) => [make("dt", {}, make("kbd", {}, nameOf(key))), make("dd", {}, says)]));
    help.showModal();
    byId("help-title").focus();
  };
  keys.push({ key: "?", says: "看快捷键", run: show });
  document.addEventListener("keydown", (event) => {
    if (!isForUs(event) || (!isOn() && event.key !== "?")) return;
    const found = keys.find(({ key }) => key === event.key || key === event.key.toLowerCase());
    if (!found) return;
    event.preventDefault();
    found.run();
  });
  byId("help-open").addEventListener("click", show);
  byId("help-close").addEventListener("click", () => help.close());
  wanted.addEventListener("change", () => remember(wanted.checked));
}

/** Keys that Chinese keyboards print in English are told by what they do, too. @type {Record<string, string>} */
const NAMED = { Escape: "Esc（退出键）" };

/** @param {string} key */
function nameOf(key) {
  return NAMED[key] ?? (key.length === 1 ? key.toUpperCase() : key);
}

/** A key on a button; it is told to screen readers by `aria-keyshortcuts` of the button. @param {string | undefined} key */
export function keyOf(key) {
  return key ? make("kbd", { "aria-hidden": "true" }, nameOf(key)) : null;
}
