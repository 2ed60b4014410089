// Form fields and what is wrong with them: the sentence stands at the field, the field is marked and gets the keyboard.
import { allWithin, byId, make } from "./elements.js";

/** A labelled field with room for its complaint. @param {{name: string, label: string, hint?: string, input: HTMLElement}} about */
export function field({ name, label, hint, input }) {
  const wrongId = `${input.id}-wrong`;
  input.classList.add("input");
  input.setAttribute("aria-describedby", hint ? `${input.id}-hint ${wrongId}` : wrongId);
  return make(
    "div",
    { class: "field" },
    make("label", { for: input.id }, label),
    hint ? make("p", { class: "hint", id: `${input.id}-hint` }, hint) : null,
    input,
    make("p", { class: "wrong", id: wrongId, "data-for": name, role: "alert" }),
  );
}

/** What is written or chosen in the field of this id, without spaces around it. @param {string} id */
export function valueOf(id) {
  const control = byId(id);
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement || control instanceof HTMLSelectElement) return control.value.trim();
  throw new Error(`no field ${id}`);
}

/** The input of this name in a form; throws where there is none. @param {HTMLFormElement} form @param {string} name */
export function inputOf(form, name) {
  const input = form.elements.namedItem(name);
  if (input instanceof HTMLInputElement) return input;
  throw new Error(`no input ${name}`);
}

/** The radio buttons of this name in a form. @param {HTMLFormElement} form @param {string} name */
export function radiosOf(form, name) {
  return allWithin(form, `input[type=radio][name="${CSS.escape(name)}"]`, HTMLInputElement);
}

/** The radio button that is chosen, if any. @param {HTMLFormElement} form @param {string} name */
export function chosenOf(form, name) {
  return radiosOf(form, name).find((radio) => radio.checked) ?? null;
}

/** @param {HTMLElement} scope */
export function clearWrong(scope) {
  for (const place of allWithin(scope, ".wrong")) place.textContent = "";
  for (const input of allWithin(scope, "[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/**
 * Complain at the field `name` of `scope`; false if there is no such field. The first one complained of gets the keyboard.
 *
 * @param {HTMLElement} scope a form or a part of one
 * @param {string | null} name
 * @param {string} sentence
 */
export function showWrong(scope, name, sentence) {
  const [place] = allWithin(scope, `.wrong[data-for="${CSS.escape(name ?? "")}"]`);
  if (!place) return false;
  const first = !(scope.closest("form") ?? scope).querySelector("[aria-invalid]");
  place.textContent = sentence;
  const [input] = place.id ? allWithin(scope, `[aria-describedby~="${CSS.escape(place.id)}"]`) : [];
  input?.setAttribute("aria-invalid", "true");
  if (first) input?.focus();
  return true;
}

/**
 * Show a refusal at the field it names, else at the form's own place. `sentence`: for people, instead of the refusal's.
 *
 * @param {HTMLElement} scope
 * @param {{field: string | null, detail: string}} problem
 * @param {string} [sentence]
 */
export function showProblem(scope, problem, sentence = problem.detail) {
  if (!showWrong(scope, problem.field, sentence)) showWrong(scope, "form", problem.detail);
}
