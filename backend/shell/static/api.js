// Calls of our own backend from a page, and small helpers for making elements.

/** A refusal: `detail` is a sentence for people, `field` names what is wrong, `status` 0 means nobody answered. */
export class Problem extends Error {
  constructor(document) {
    super(document.detail);
    this.detail = document.detail;
    this.field = document.field;
    this.status = document.status;
  }
}

const AWAY = { detail: "连不上服务器，请检查网络，再试一次。", status: 0 };

/** JSON of an address; throws Problem. @param {string} path @param {{method?: string, body?: unknown, key?: string}} [options] */
export async function call(path, { method = "GET", body, key } = {}) {
  const headers = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response, text;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
    text = await response.text();
  } catch {
    throw new Problem(AWAY);
  }
  if (!response.ok) throw new Problem(problemOf(text, response.status));
  return text ? JSON.parse(text) : null;
}

function problemOf(text, status) {
  try {
    return { ...AWAY, ...JSON.parse(text), status };
  } catch {
    return { ...AWAY, status }; // not an answer of ours: keep the plain sentence
  }
}

/** A random id that also works where the page is not served over https. */
export function randomId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** An element with attributes and children; text is always text. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}

/** A button that sends no form. */
export function press(label, attributes = {}) {
  return make("button", { type: "button", class: "button", ...attributes }, label);
}

/** Day and time in Lijiang. */
export function when(iso) {
  const parts = { year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" };
  return new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", hourCycle: "h23", ...parts }).format(new Date(iso));
}

/** A calendar day, 「2026年12月4日」. */
export function day(iso) {
  const [year, month, date] = iso.split("-").map(Number);
  return `${year}年${month}月${date}日`;
}

export const byId = (id) => document.getElementById(id);
