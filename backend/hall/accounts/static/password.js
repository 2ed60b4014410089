// Staff change their password; the first one must be changed.
import { call, problemOf } from "/static/shell/api.js";
import { byId } from "/static/shell/elements.js";
import { clearWrong, inputOf, showProblem, showWrong } from "/static/shell/fields.js";

const SHORTEST = 12;
const form = byId("password-form", HTMLFormElement);
const current = inputOf(form, "current");
const fresh = inputOf(form, "new");
const again = inputOf(form, "again");

function complain() {
  if (!current.value) showWrong(form, "current", "请写现在的密码。");
  if ([...fresh.value].length < SHORTEST) showWrong(form, "new", `新密码至少${SHORTEST}个字符，现在是${[...fresh.value].length}个。`);
  else if (fresh.value !== again.value) showWrong(form, "again", "两次写的不一样，请再写一遍。");
  return form.querySelector("[aria-invalid]") !== null;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  if (complain()) return;
  try {
    await call("/staff/password", { method: "POST", body: { current: current.value, new: fresh.value } });
    location.assign("/work");
  } catch (error) {
    const problem = problemOf(error);
    showProblem(form, problem, problem.field === "current" ? "现在的密码不对，请再写一次。" : problem.detail);
  }
});
