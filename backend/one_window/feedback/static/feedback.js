// Complaints, suggestions and praise that wait for an answer: opened, answered, and the page as it then is.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, dataOf, within } from "/static/shell/elements.js";
import { clearWrong, showProblem, showWrong, valueOf } from "/static/shell/fields.js";

const MIN_ANSWER = 4; // characters
const dialog = byId("dialog", HTMLDialogElement);
const form = byId("answer-form", HTMLFormElement);
let number = "";

/** @param {HTMLElement} button */
function open(button) {
  number = dataOf(button, "answer");
  const card = /** @type {HTMLElement} */ (button.closest("li"));
  clearWrong(form);
  form.reset();
  byId("answer-title").textContent = `答复：${within(card, "h3").textContent}`;
  byId("answer-about").textContent = within(card, ".quote").textContent;
  dialog.showModal();
  byId("answer").focus();
}

for (const button of allWithin(byId("open"), "[data-answer]", HTMLButtonElement)) {
  button.addEventListener("click", () => open(button));
  button.disabled = false;
}
byId("cancel").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const answer = valueOf("answer");
  if (answer.length < MIN_ANSWER) return showWrong(form, "answer", "请写上答复。");
  try {
    await call(`/feedback/${number}/answer`, { method: "POST", body: { answer } });
    location.reload();
  } catch (error) {
    showProblem(form, problemOf(error));
  }
});
