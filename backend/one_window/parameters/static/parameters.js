// Local figures: write a value, confirm, refuse or withdraw one. The page is drawn anew after a change.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, byIdOrNull, dataOf, make, refill, within } from "/static/shell/elements.js";
import { clearWrong, showProblem, showWrong, valueOf } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";

const TOLD = "daoban.parameters";
byId("saved").textContent = sessionStorage.getItem(TOLD) ?? "";
sessionStorage.removeItem(TOLD);

/** Say it on the page that shows the change. @param {string} sentence */
function shown(sentence) {
  sessionStorage.setItem(TOLD, sentence);
  location.reload();
}

const writing = byIdOrNull("value-form", HTMLFormElement); // only for who may edit
if (writing) {
  const key = byId("key", HTMLSelectElement);
  const offer = () => {
    /** @type {[string, string][]} */
    const places = JSON.parse(dataOf(key.selectedOptions[0], "places"));
    refill(byId("area"), ...places.map(([code, name]) => make("option", { value: code }, name)));
  };
  key.addEventListener("change", offer);
  offer();
  let attempt = randomId();
  writing.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearWrong(writing);
    if (!valueOf("from")) return showWrong(writing, "from", "请选从哪天起。");
    const fields = { key: key.value, area: valueOf("area"), amount: valueOf("amount"), basis: valueOf("basis"), note: valueOf("note") };
    const body = { ...fields, from: valueOf("from"), until: valueOf("until") || null };
    try {
      await call("/parameters/values", { method: "POST", body, key: attempt });
      shown("写好了。另一位同事确认以后，群众才看到。");
    } catch (error) {
      attempt = randomId();
      showProblem(writing, problemOf(error));
    }
  });
}

/** @type {Record<string, {title: string, button: string, told: string}>} */
const STEPS = {
  confirm: { title: "确认这一条？", button: "确认", told: "确认了。到了日子，群众就看到这个数。" },
  refuse: { title: "这一条不通过？", button: "不通过", told: "没有通过。" },
  withdraw: { title: "撤回这一条？", button: "撤回", told: "撤回了，这个数不再用。" },
};
const dialog = byId("dialog", HTMLDialogElement);
const form = byId("decide-form", HTMLFormElement);
/** @type {{value: string, step: string, key: string}} set whenever the dialog is open */
let current;

for (const button of allWithin(document, "[data-step]")) {
  button.addEventListener("click", () => {
    const row = around(button, ".value");
    current = { value: dataOf(row, "value"), step: dataOf(button, "step"), key: randomId() };
    const step = STEPS[current.step];
    clearWrong(form);
    byId("decide-title").textContent = step.title;
    byId("decide-what").textContent = within(row, "strong").textContent;
    byId("decide-done").textContent = step.button;
    byId("why").hidden = current.step === "confirm";
    byId("reason", HTMLInputElement).value = "";
    dialog.showModal();
    byId("decide-title").focus();
  });
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  try {
    const body = { step: current.step, note: valueOf("reason") };
    await call(`/parameters/values/${current.value}/decisions`, { method: "POST", body, key: current.key });
    shown(STEPS[current.step].told);
  } catch (error) {
    current.key = randomId();
    showProblem(form, problemOf(error));
  }
});
byId("cancel").addEventListener("click", () => dialog.close());
