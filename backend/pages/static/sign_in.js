import { call } from "./api.js";

const form = document.getElementById("sign-in");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const wrong = document.getElementById("wrong");
  wrong.textContent = "";
  try {
    const staff = await call("/staff/session", { method: "POST", body: { username: form.username.value.trim(), password: form.password.value } });
    location.href = staff.must_change_password ? "/password" : "/counter";
  } catch (problem) {
    wrong.textContent = problem.detail;
    form.password.select();
  }
});
