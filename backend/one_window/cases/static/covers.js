// Cover for leave: who stands in for whom, and when.
import { call, problemOf } from "/static/shell/api.js";
import { day } from "/static/shell/dates.js";
import { byId, make, press, refill } from "/static/shell/elements.js";
import { clearWrong, showProblem, showWrong, valueOf } from "/static/shell/fields.js";

/** @typedef {import("/types/api").CoverList} CoverList */

const dialog = byId("covers", HTMLDialogElement);
const form = byId("covers-form", HTMLFormElement);
/** @type {CoverList | undefined} */
let shown;

/** @param {string} id @param {import("/types/api").Colleague[]} people @param {string} [first] */
function fill(id, people, first) {
  const options = people.map((one) => make("option", { value: one.id }, one.name));
  refill(byId(id, HTMLSelectElement), ...(first ? [make("option", { value: "" }, first)] : []), ...options);
}

/** @param {{starts_on: string, ends_on: string}} cover */
function daysOf(cover) {
  return cover.starts_on === cover.ends_on ? day(cover.starts_on) : `${day(cover.starts_on)}到${day(cover.ends_on)}`;
}

/** @param {CoverList} found */
function show(found) {
  const rows = found.covers.map((cover) =>
    make(
      "li",
      { class: "cover" },
      make("span", {}, `${cover.deputy}代${cover.staff}：${daysOf(cover)}`),
      cover.mine ? press("取消", { "aria-label": `取消${cover.deputy}代${cover.staff}`, onclick: () => change(`/covers/${cover.id}`, "DELETE") }) : null,
    ),
  );
  refill(byId("covers-list"), ...rows);
  fill("cover-staff", found.absent);
  byId("covers-whose").hidden = found.absent.length < 2;
  shown = found;
  offerDeputies();
}

/** Nobody stands in for themselves; where nobody is left the way on stands in place of the fields. */
function offerDeputies() {
  const absent = valueOf("cover-staff");
  const deputies = shown?.colleagues.filter((one) => one.id !== absent) ?? [];
  fill("cover-deputy", deputies, "请选");
  const none = deputies.length === 0;
  byId("covers-choice").hidden = none;
  byId("covers-arrange").hidden = none;
  byId("covers-nobody").hidden = !none;
  byId("covers-nobody").textContent = none ? (shown?.nobody ?? "") : "";
}

/** @param {string} path @param {string} method @param {unknown} [body] */
async function change(path, method, body) {
  clearWrong(form);
  try {
    await call(path, { method, body });
    show(await call("/covers"));
    byId("covers-title").focus();
    return true;
  } catch (error) {
    const problem = problemOf(error);
    showProblem(form, { ...problem, field: problem.field === "body" ? "ends_on" : problem.field }, problem.field === "body" ? "最后一天要在第一天之后。" : problem.detail);
    return false;
  }
}

byId("covers-open").addEventListener("click", async () => {
  clearWrong(form);
  dialog.showModal();
  try {
    show(await call("/covers"));
  } catch (error) {
    showWrong(form, "form", problemOf(error).detail);
  }
  byId("covers-title").focus();
});
byId("covers-open", HTMLButtonElement).disabled = false;
byId("cover-staff").addEventListener("change", offerDeputies);
byId("covers-close").addEventListener("click", () => dialog.close());
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const body = { staff: valueOf("cover-staff"), deputy: valueOf("cover-deputy"), starts_on: valueOf("cover-from"), ends_on: valueOf("cover-to") };
  if (!body.deputy) showWrong(form, "deputy", "请选一位同事。");
  if (!body.starts_on) showWrong(form, "starts_on", "请选第一天。");
  if (!body.ends_on) showWrong(form, "ends_on", "请选最后一天。");
  if (form.querySelector("[aria-invalid]") === null && (await change("/covers", "POST", body))) form.reset();
});
