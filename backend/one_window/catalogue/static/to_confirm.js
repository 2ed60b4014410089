// To confirm or abolish: the centre's own fields, and a decision for each material without citation.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, dataOf, within } from "/static/shell/elements.js";
import { chosenOf, clearWrong, radiosOf, showProblem, showWrong } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";

const centre = byId("centre-form", HTMLFormElement);
const centreInputs = allWithin(centre, ".input", HTMLInputElement);
const dialog = byId("dialog", HTMLDialogElement);
const form = byId("decide-form", HTMLFormElement);
const cite = byId("cite", HTMLInputElement);
const note = byId("note", HTMLInputElement);
const decidedOn = byId("decided_on", HTMLInputElement);
/** @type {{row: HTMLElement, key: string}} set whenever the dialog is open */
let current;

centre.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(centre);
  byId("centre-saved").textContent = "";
  const body = Object.fromEntries(centreInputs.map((input) => [input.name, input.value.trim()]));
  try {
    await call("/catalogue/centre", { method: "PATCH", body });
    byId("centre-saved").textContent = "已保存，马上生效。";
    for (const input of centreInputs) around(input, ".field").querySelector(".tag")?.toggleAttribute("hidden", Boolean(input.value.trim()));
    const empty = Object.values(body).filter((value) => !value).length;
    byId("centre-title").textContent = `中心自己的信息：${empty ? `还有${empty}项空着` : "都填好了"}`;
  } catch (error) {
    showProblem(centre, problemOf(error));
  }
});

for (const button of allWithin(document, "[data-decide]")) {
  button.addEventListener("click", () => {
    current = { row: around(button, ".material"), key: randomId() };
    clearWrong(form);
    byId("decide-title").textContent = within(current.row, "strong").textContent;
    const choices = radiosOf(form, "decision");
    for (const choice of choices) choice.checked = choice.value === dataOf(current.row, "decision");
    cite.value = "";
    note.value = "";
    dialog.showModal();
    (chosenOf(form, "decision") ?? choices[0]).focus();
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const decision = chosenOf(form, "decision")?.value;
  if (!decision) return showWrong(form, "decision", "请选一个。");
  const body = { decision, cite: cite.value, note: note.value, decided_on: decidedOn.value || null };
  const item = dataOf(current.row, "item");
  const material = dataOf(current.row, "material");
  try {
    await call(`/catalogue/items/${item}/materials/${material}/decisions`, { method: "POST", body, key: current.key });
    sessionStorage.setItem("daoban.at", `${item}/${material}`);
    location.reload();
  } catch (error) {
    current.key = randomId();
    showProblem(form, problemOf(error));
  }
});
byId("cancel").addEventListener("click", () => dialog.close());

const openOnly = byId("open-only");
openOnly.addEventListener("click", () => {
  const only = openOnly.getAttribute("aria-pressed") !== "true";
  openOnly.setAttribute("aria-pressed", String(only));
  for (const row of allWithin(document, ".material")) row.hidden = only && ["keep", "abolish"].includes(dataOf(row, "decision"));
});
byId("print").addEventListener("click", () => print());

const at = sessionStorage.getItem("daoban.at"); // back to the material just decided
sessionStorage.removeItem("daoban.at");
if (at) {
  const [item, material] = at.split("/");
  const [row] = allWithin(document, `[data-item="${CSS.escape(item)}"][data-material="${CSS.escape(material)}"]`);
  row?.querySelector("button")?.focus();
  row?.scrollIntoView({ block: "center" });
}
