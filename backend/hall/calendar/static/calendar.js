// The centre's calendar: a day noted, taken back, many pasted, a year declared complete. The page is drawn anew after a change.
import { byId, call } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const TOLD = "daoban.calendar";
const told = sessionStorage.getItem(TOLD);
if (told) {
  sessionStorage.removeItem(TOLD);
  byId("saved").textContent = told;
}

/** Say it on the page that shows the change. */
function shown(sentence, year) {
  sessionStorage.setItem(TOLD, sentence);
  if (year) location.assign(`/calendar?year=${year}`);
  else location.reload();
}

/** Do it; a refusal stands at its field, and nothing that was written is lost. */
function onSubmit(form, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearWrong(form);
    try {
      await work();
    } catch (problem) {
      if (!showWrong(form, problem.field, problem.detail)) showWrong(form, "form", problem.detail);
    }
  });
}

const day = byId("day-form");
onSubmit(day, async () => {
  if (!day.elements.day.value) return showWrong(day, "day", "请选哪一天。");
  const body = { day: day.elements.day.value, working: day.elements.working.value === "true", reason: day.elements.reason.value };
  await call("/calendar/days", { method: "POST", body });
  shown("记下了，没办完的件正在重算。", body.day.slice(0, 4));
});

const lines = byId("lines-form");
onSubmit(lines, async () => {
  const done = await call("/calendar/lines", { method: "POST", body: { text: lines.elements.text.value } });
  shown(`记下了${done.added}天${done.skipped ? `，另有${done.skipped}天本来就是这样，没有另记` : ""}。`);
});

const year = byId("year-form");
if (year) {
  onSubmit(year, async () => {
    const complete = year.dataset.complete !== "true";
    await call(`/calendar/years/${year.dataset.year}`, { method: "POST", body: { complete } });
    shown(complete ? "这一年的日期不再标「暂定」。" : "这一年的日期又标「暂定」了。");
  });
}

byId("own").addEventListener("click", async (event) => {
  const of = event.target.dataset.remove;
  if (!of) return;
  try {
    await call(`/calendar/days/${of}`, { method: "DELETE" });
    shown("去掉了，没办完的件正在重算。");
  } catch (problem) {
    byId("remove-wrong").textContent = problem.detail;
  }
});
