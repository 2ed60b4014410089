// The item list: results while typing; without this script the form asks the server.
import { call, problemOf } from "/static/shell/api.js";
import { byId, make, refill } from "/static/shell/elements.js";

/** @typedef {import("/types/api").ItemSummary} Item */

const PAUSE = 150;
const MOST = 20;
const input = byId("q", HTMLInputElement);
const results = byId("results");
const before = { results: [...results.children], said: byId("said").textContent ?? "", none: byId("none").hidden };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let waiting;
let requests = 0;

/** @param {Item} item */
function row(item) {
  const link = make(
    "a",
    { class: "item-row", href: `/items/${item.code}` },
    make("strong", {}, item.plain_name),
    make("span", {}, item.summary),
    make("span", { class: "small muted" }, `${item.name}　${item.unit_name}`),
  );
  return make("li", {}, link);
}

async function search() {
  const turn = ++requests;
  const words = input.value.trim();
  byId("browse").hidden = Boolean(words);
  if (!words || words === input.defaultValue) return show(before.results, before.said, before.none);
  try {
    /** @type {import("/types/api").ItemList} */
    const found = await call(`/catalogue/items?${new URLSearchParams({ q: words, limit: String(MOST), near: "true" })}`);
    if (turn !== requests) return; // a later question is under way
    const said = found.items.length ? `找到${found.items.length}项` : `没有找到「${words}」`;
    byId("ask", HTMLAnchorElement).href = `/#ask=${encodeURIComponent(words)}`;
    show(found.items.map(row), said, found.items.length > 0);
  } catch (error) {
    const { detail } = problemOf(error);
    if (turn === requests) show([], detail, false);
  }
}

/** @param {Element[]} rows @param {string} said @param {boolean} found */
function show(rows, said, found) {
  refill(results, ...rows);
  byId("said").textContent = said;
  byId("none").hidden = found;
}

input.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
});
