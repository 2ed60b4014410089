// Calls of our own backend from a page. The shapes of what it answers are made from its OpenAPI document: /types/api.

/** @typedef {{detail: string, status: number, field?: string | null}} Refusal */

/** A refusal: `detail` is a sentence for people, `field` names what is wrong, `status` 0 means nobody answered. */
export class Problem extends Error {
  /** @param {Refusal} refusal */
  constructor(refusal) {
    super(refusal.detail);
    this.detail = refusal.detail;
    this.field = refusal.field ?? null;
    this.status = refusal.status;
  }
}

const AWAY = { detail: "连不上服务器，请检查网络，再试一次。", status: 0 };

/**
 * What an address answers; throws Problem. The caller states the type of the answer; before that nothing can be read of it.
 *
 * @template [T=unknown]
 * @param {string} path
 * @param {{method?: string, body?: unknown, key?: string}} [options] `key`: the same request again changes nothing
 * @returns {Promise<T>} nothing where the answer is empty
 */
export async function call(path, { method = "GET", body, key } = {}) {
  /** @type {Record<string, string>} */
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
  if (!response.ok) throw new Problem(refusalOf(text, response.status));
  return /** @type {T} */ (text ? JSON.parse(text) : null);
}

/** The refusal that was caught; anything else is a fault of the page and goes on up. @param {unknown} caught */
export function problemOf(caught) {
  if (caught instanceof Problem) return caught;
  throw caught;
}

/** @param {string} text @param {number} status @returns {Refusal} */
function refusalOf(text, status) {
  try {
    return { ...AWAY, ...JSON.parse(text), status };
  } catch {
    return { ...AWAY, status }; // not an answer of ours: keep the plain sentence
  }
}
