// To confirm or abolish: the centre's own fields, and a decision for each material without citation.
import { byId, call, randomId } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const centre = byId("centre-form");
const dialog = byId("dialog");
const form = byId("decide-form");
let current = null;

centre.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(centre);
  byId("centre-saved").textContent = "";
  const body = Object.fromEntries([...centre.querySelectorAll(".input")].map((input) => [input.name, input.value.trim()]));
  try {
    await call("/catalogue/centre", { method: "PATCH", body });
    byId("centre-saved").textContent = "已保存，马上生效。";
    for (const input of centre.querySelectorAll(".input")) input.closest(".field").querySelector(".tag")?.toggleAttribute("hidden", Boolean(input.value.trim()));
    const empty = Object.values(body).filter((value) => !value).length;
    byId("centre-title").textContent = `中心自己的信息：${empty ? `还有${empty}项空着` : "都填好了"}`;
  } catch (problem) {
    if (!showWrong(centre, problem.field, problem.detail)) showWrong(centre, "form", problem.detail);
  }
});

for (const button of document.querySelectorAll("[data-decide]")) {
  button.addEventListener("click", () => {
    current = { row: button.closest(".material"), key: randomId() };
    clearWrong(form);
    byId("decide-title").textContent = current.row.querySelector("strong").textContent;
    for (const choice of form.elements.decision) choice.checked = choice.value === current.row.dataset.decision;
    byId("cite").value = "";
    byId("note").value = "";
    dialog.showModal();
    (form.querySelector("input:checked") ?? form.elements.decision[0]).focus();
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const decision = form.elements.decision.value;
  if (!decision) return showWrong(form, "decision", "请选一个。");
  const body = { decision, cite: byId("cite").value, note: byId("note").value, decided_on: byId("decided_on").value || null };
  const { item, material } = current.row.dataset;
  try {
    await call(`/catalogue/items/${item}/materials/${material}/decisions`, { method: "POST", body, key: current.key });
    sessionStorage.setItem("daoban.at", `${item}/${material}`);
    location.reload();
  } catch (problem) {
    current.key = randomId();
    if (!showWrong(form, problem.field, problem.detail)) showWrong(form, "form", problem.detail);
  }
});
byId("cancel").addEventListener("click", () => dialog.close());

byId("open-only").addEventListener("click", (event) => {
  const only = event.target.getAttribute("aria-pressed") !== "true";
  event.target.setAttribute("aria-pressed", String(only));
  for (const row of document.querySelectorAll(".material")) row.hidden = only && ["keep", "abolish"].includes(row.dataset.decision);
});
byId("print").addEventListener("click", () => print());

const at = sessionStorage.getItem("daoban.at"); // back to the material just decided
sessionStorage.removeItem("daoban.at");
if (at) {
  const [item, material] = at.split("/");
  const row = document.querySelector(`[data-item="${CSS.escape(item)}"][data-material="${CSS.escape(material)}"]`);
  row?.querySelector("button")?.focus();
  row?.scrollIntoView({ block: "center" });
}
