// Switch answering off and on; set the emergency notice and take it back. The page is drawn anew after a change.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, byId, dataOf } from "/static/shell/elements.js";
import { chosenOf, clearWrong, radiosOf, showProblem, showWrong, valueOf } from "/static/shell/fields.js";

const LEAST = 4; // characters of a sentence
const form = byId("switch-form", HTMLFormElement);
const notice = byId("notice-form", HTMLFormElement);
const preview = byId("preview-form", HTMLFormElement);
const dialog = byId("preview", HTMLDialogElement);
const kind = () => chosenOf(form, "kind")?.value ?? "item";

function showTargets() {
  for (const part of allWithin(form, "[data-target-of]")) part.hidden = part.dataset.targetOf !== kind();
}
for (const radio of radiosOf(form, "kind")) radio.addEventListener("change", showTargets);
showTargets();

/** @param {HTMLFormElement} fields @param {string} sentence */
function isWritten(fields, sentence) {
  return sentence.length >= LEAST || !showWrong(fields, "sentence", "请写明告诉群众的话。");
}

/** @param {HTMLFormElement} fields @param {{kind: string, target: string, sentence: string}} body */
async function set(fields, body) {
  try {
    await call("/switches", { method: "POST", body });
    location.reload();
  } catch (error) {
    showProblem(fields, problemOf(error));
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearWrong(form);
  const target = valueOf(`target-${kind()}`);
  if (!target) return showWrong(form, "target", "请选停哪一个。");
  const sentence = valueOf("sentence");
  if (isWritten(form, sentence)) set(form, { kind: kind(), target, sentence });
});
notice.addEventListener("submit", (event) => {
  event.preventDefault();
  clearWrong(notice);
  const sentence = valueOf("notice-sentence");
  if (!isWritten(notice, sentence)) return;
  preview.reset();
  clearWrong(preview);
  byId("preview-banner").textContent = sentence;
  dialog.showModal();
  byId("preview-title").focus();
});
preview.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(preview);
  if (!byId("preview-sure", HTMLInputElement).checked) return showWrong(preview, "sure", "请先看一遍，再勾上这一句。");
  dialog.close();
  await set(notice, { kind: "notice", target: "all", sentence: valueOf("notice-sentence") });
});
byId("preview-back").addEventListener("click", () => dialog.close());
for (const button of allWithin(document, "[data-lift]")) {
  button.addEventListener("click", async () => {
    try {
      await call(`/switches/${dataOf(button, "lift")}`, { method: "DELETE" });
      location.reload();
    } catch (error) {
      byId("wrong").textContent = problemOf(error).detail;
    }
  });
}
