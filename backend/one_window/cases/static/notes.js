// Internal notes of the open case. What is being written stays while the case is read again.
import { call, problemOf } from "/static/shell/api.js";
import { byId, make, refill } from "/static/shell/elements.js";
import { when } from "/static/shell/dates.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";
import { randomId } from "/static/shell/ids.js";

const place = byId("notes");
const form = byId("note-form", HTMLFormElement);
const text = byId("note-text", HTMLTextAreaElement);
/** @type {string | null} */
let shown = null;
let key = randomId();

/** @param {string | null} caseId @param {import("/types/api").NoteView[]} notes */
export function drawNotes(caseId, notes) {
  if (caseId !== shown) {
    text.value = "";
    clearWrong(form);
  }
  shown = caseId;
  place.hidden = caseId === null;
  refill(byId("note-list"), ...notes.map((note) => make("li", {}, make("p", { class: "lines" }, note.text), make("p", { class: "small muted" }, `${when(note.at)}　${note.by}`))));
}

text.addEventListener("input", () => {
  key = randomId();
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  if (!text.value.trim()) {
    showWrong(form, "text", "请写备注的内容。");
    return;
  }
  try {
    /** @type {import("/types/api").CaseWork} */
    const work = await call(`/cases/${shown}/notes`, { method: "POST", body: { text: text.value.trim() }, key });
    text.value = "";
    key = randomId();
    drawNotes(shown, work.notes);
  } catch (error) {
    showWrong(form, "text", problemOf(error).detail);
  }
});
