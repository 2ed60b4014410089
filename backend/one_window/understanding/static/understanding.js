// How well people are understood: attach a sentence to an item, take it back.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, dataOf, make, refill, within } from "/static/shell/elements.js";
import { chosenOf, clearWrong, showWrong } from "/static/shell/fields.js";

const dialog = byId("dialog", HTMLDialogElement);
const form = byId("teach-form", HTMLFormElement);
const wanted = byId("find", HTMLInputElement);
/** @type {{id: number, text: string}} set whenever the dialog is open */
let current;
let search = 0;

/** What a button does with the row it stands in. @param {string} selector @param {(row: HTMLElement) => void} act */
function each(selector, act) {
  for (const button of allWithin(document, selector)) button.addEventListener("click", () => act(around(button, "li")));
}

/** @param {string} path @param {{method: string}} options */
async function change(path, options) {
  try {
    await call(path, options);
    location.reload();
  } catch (error) {
    alertIn(problemOf(error).detail);
  }
}

/** @param {string} detail */
function alertIn(detail) {
  const told = make("p", { class: "banner", role: "alert" }, detail);
  byId("main").prepend(told);
  told.scrollIntoView({ block: "center" });
}

each("[data-teach]", (row) => {
  current = { id: Number(dataOf(row, "question")), text: within(row, "strong").textContent ?? "" };
  clearWrong(form);
  byId("teach-text").textContent = current.text;
  wanted.value = "";
  refill(byId("found"));
  dialog.showModal();
  find(current.text);
});
each("[data-ignore]", (row) => change(`/understanding/unclear/${dataOf(row, "question")}/ignore`, { method: "POST" }));
each("[data-erase]", (row) => change(`/understanding/taught/${dataOf(row, "example")}`, { method: "DELETE" }));

/** @param {string} words */
async function find(words) {
  const mine = ++search;
  /** @type {import("/types/api").ItemList} */
  const found = await call(`/catalogue/items?limit=8&q=${encodeURIComponent(words.slice(0, 100))}`);
  if (mine !== search) return; // a later search has begun
  refill(byId("found"), 
    ...found.items.map((item) => make("label", { class: "option" }, make("input", { type: "radio", name: "target", value: item.code }), `${item.plain_name}（${item.name}）`)),
  );
}

wanted.addEventListener("input", () => find(wanted.value.trim() || current.text));
byId("cancel").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const chosen = chosenOf(form, "target");
  if (!chosen) return showWrong(form, "form", "请选一件事。");
  try {
    await call("/understanding/taught", { method: "POST", body: { kind: "item", target: chosen.value, text: current.text, question: current.id } });
    location.reload();
  } catch (error) {
    showWrong(form, "form", problemOf(error).detail);
  }
});
