// Form fields and what is wrong with them: the sentence stands at the field, the field is marked and gets the keyboard.
import { make } from "./api.js";

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

export function clearWrong(scope) {
  for (const place of scope.querySelectorAll(".wrong")) place.textContent = "";
  for (const input of scope.querySelectorAll("[aria-invalid]")) input.removeAttribute("aria-invalid");
}

/** Complain at the field `name` of `scope`; false if there is no such field. The first one complained of gets the keyboard. */
export function showWrong(scope, name, sentence) {
  const place = scope.querySelector(`.wrong[data-for="${CSS.escape(name ?? "")}"]`);
  if (!place) return false;
  const first = !scope.closest("form").querySelector("[aria-invalid]");
  place.textContent = sentence;
  const input = place.id ? scope.querySelector(`[aria-describedby~="${CSS.escape(place.id)}"]`) : null;
  input?.setAttribute("aria-invalid", "true");
  if (first) input?.focus();
  return true;
}
