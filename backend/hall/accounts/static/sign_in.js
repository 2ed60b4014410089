// Staff sign in.
import { byId, call } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const form = byId("sign-in");
const { username, password, code } = form.elements;

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const name = username.value.trim();
  if (!name) showWrong(form, "username", "请写用户名。");
  if (!password.value) showWrong(form, "password", "请写密码。");
  if (!name || !password.value) return;
  try {
    const staff = await call("/staff/session", { method: "POST", body: { username: name, password: password.value, code: code.value.trim() } });
    location.assign(staff.must_change_password ? "/password" : "/work");
  } catch (problem) {
    if (problem.field === "password") password.value = "";
    if (problem.field === "code") {
      byId("code-field").hidden = false; // the account has a second step
      code.value = "";
    }
    if (!showWrong(form, problem.field, problem.detail)) showWrong(form, "form", problem.detail);
  }
});
username.focus();
