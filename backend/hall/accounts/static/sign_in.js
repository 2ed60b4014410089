// Staff sign in.
import { call, problemOf } from "/static/shell/api.js";
import { byId } from "/static/shell/elements.js";
import { clearWrong, inputOf, showProblem, showWrong } from "/static/shell/fields.js";

const form = byId("sign-in", HTMLFormElement);
const username = inputOf(form, "username");
const password = inputOf(form, "password");
const code = inputOf(form, "code");

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const name = username.value.trim();
  if (!name) showWrong(form, "username", "请写用户名。");
  if (!password.value) showWrong(form, "password", "请写密码。");
  if (!name || !password.value) return;
  try {
    /** @type {import("/types/api").StaffView} */
    const staff = await call("/staff/session", { method: "POST", body: { username: name, password: password.value, code: code.value.trim() } });
    location.assign(staff.must_change_password ? "/password" : "/work");
  } catch (error) {
    const problem = problemOf(error);
    if (problem.field === "password") password.value = "";
    if (problem.field === "code") {
      byId("code-field").hidden = false; // the account has a second step
      code.value = "";
    }
    showProblem(form, problem);
  }
});
username.focus();
