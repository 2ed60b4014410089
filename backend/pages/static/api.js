// Calls of our own backend from a page, and small helpers for making elements.

/** A refusal: `detail` is a sentence for people, `field` names what is wrong. */
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
  const headers = {};
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key) headers["Idempotency-Key"] = key;
  let response;
  try {
    response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) });
  } catch {
    throw new Problem(AWAY);
  }
  const text = await response.text();
  if (!response.ok) {
    let document = { ...AWAY, status: response.status };
    try {
      document = JSON.parse(text);
    } catch {
      /* not ours: keep the plain sentence */
    }
    throw new Problem(document);
  }
  return text ? JSON.parse(text) : null;
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

/** Day and time in Lijiang. */
export function when(iso) {
  return new Intl.DateTimeFormat("zh-CN", { timeZone: "Asia/Shanghai", year: "numeric", month: "long", day: "numeric", hour: "2-digit", minute: "2-digit" }).format(new Date(iso));
}
