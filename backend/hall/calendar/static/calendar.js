// The centre's calendar: a day noted, taken back, many pasted, a year declared complete. The page is drawn anew after a change.
import { call, problemOf } from "/static/shell/api.js";
import { byId, byIdOrNull } from "/static/shell/elements.js";
import { chosenOf, clearWrong, showProblem, showWrong, valueOf } from "/static/shell/fields.js";

const TOLD = "daoban.calendar";
const told = sessionStorage.getItem(TOLD);
if (told) {
  sessionStorage.removeItem(TOLD);
  byId("saved").textContent = told;
}

/** Say it on the page that shows the change. @param {string} sentence @param {string} [year] */
function shown(sentence, year) {
  sessionStorage.setItem(TOLD, sentence);
  if (year) location.assign(`/calendar?year=${year}`);
  else location.reload();
}

/** Do it; a refusal stands at its field, and nothing that was written is lost. @param {HTMLElement} form @param {() => Promise<unknown>} work */
function onSubmit(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearWrong(form);
    try {
      await work();
    } catch (error) {
      showProblem(form, problemOf(error));
    }
  });
}

const day = byId("day-form", HTMLFormElement);
onSubmit(day, async () => {
  const body = { day: valueOf("day"), working: chosenOf(day, "working")?.value === "true", reason: valueOf("reason") };
  if (!body.day) return showWrong(day, "day", "请选哪一天。");
  await call("/calendar/days", { method: "POST", body });
  shown("记下了，没办完的件正在重算。", body.day.slice(0, 4));
});

const lines = byId("lines-form");
onSubmit(lines, async () => {
  /** @type {import("/types/api").PastedOutcome} */
  const done = await call("/calendar/lines", { method: "POST", body: { text: valueOf("text") } });
  shown(`记下了${done.added}天${done.skipped ? `，另有${done.skipped}天本来就是这样，没有另记` : ""}。`);
});

const year = byIdOrNull("year-form");
if (year) {
  onSubmit(year, async () => {
    const complete = year.dataset.complete !== "true";
    await call(`/calendar/years/${year.dataset.year}`, { method: "POST", body: { complete } });
    shown(complete ? "这一年的日期不再标「暂定」。" : "这一年的日期又标「暂定」了。");
  });
}

byId("own").addEventListener("click", async (event) => {
  const of = event.target instanceof HTMLElement ? event.target.dataset.remove : undefined;
  if (!of) return;
  try {
    await call(`/calendar/days/${of}`, { method: "DELETE" });
    shown("去掉了，没办完的件正在重算。");
  } catch (error) {
    byId("remove-wrong").textContent = problemOf(error).detail;
  }
});
