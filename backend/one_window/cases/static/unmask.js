// Full numbers of a case, for a stated purpose that is recorded; they leave the page after a minute.
import { call, problemOf } from "/static/shell/api.js";
import { make, press, refill } from "/static/shell/elements.js";
import { clearWrong, field, showProblem } from "/static/shell/fields.js";

const IDENTIFIERS = new Set(["id_number", "phone", "bank_card"]);
const SHOWN_MS = 60000;

/** The tool under the form of a case; null where there is no number to see. @param {import("/types/api").Case} found @param {import("/types/api").CaseWork} work */
export function unmaskTool(found, work) {
  const hidden = found.fields.filter((one) => IDENTIFIERS.has(one.kind) && one.value);
  const typed = work.numbers_in_texts > 0;
  if (!hidden.length && !typed) return null;
  const purpose = make("input", { id: "unmask-purpose", name: "purpose", maxlength: "200", autocomplete: "off" });
  const numbers = make("dl", { class: "facts", role: "status" });
  const form = make(
    "form",
    { class: "stack", id: "unmask", novalidate: true, hidden: true },
    typed ? make("p", { class: "small" }, `备注和经过里写的${work.numbers_in_texts}个号码也一起显示。`) : null,
    field({ name: "purpose", label: "看来做什么用", hint: "会记进审计，比如「电话核对申请人身份」。", input: purpose }),
    make("p", { class: "wrong", "data-for": "form", role: "alert" }),
    make("button", { class: "button", type: "submit" }, "显示一分钟"),
  );
  const open = press("看完整号码", { id: "unmask-open", onclick: () => show(form, open, purpose) });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearWrong(form);
    try {
      const body = { fields: hidden.map((one) => one.id), texts: typed, purpose: purpose.value.trim() };
      /** @type {import("/types/api").Unmasked} */
      const { values, texts } = await call(`/cases/${found.id}/unmask`, { method: "POST", body });
      const written = texts.flatMap((one) => [make("dt", {}, `写过的${one.masked}`), make("dd", { class: "number" }, one.value)]);
      const shown = hidden.filter((one) => values[one.id]);
      refill(numbers, ...shown.flatMap((one) => [make("dt", {}, one.label), make("dd", { class: "number" }, values[one.id])]), ...written);
      setTimeout(() => refill(numbers), SHOWN_MS);
      form.reset();
      form.hidden = true;
      open.hidden = false;
    } catch (error) {
      const problem = problemOf(error);
      showProblem(form, problem, problem.field === "purpose" ? "请写明用途，至少4个字。" : problem.detail);
    }
  });
  return make("div", { class: "stack" }, open, form, numbers);
}

/** @param {HTMLElement} form @param {HTMLElement} open @param {HTMLElement} purpose */
function show(form, open, purpose) {
  form.hidden = false;
  open.hidden = true;
  purpose.focus();
}
