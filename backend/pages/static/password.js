import { call } from "./api.js";

const form = document.getElementById("password-form");
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  for (const wrong of form.querySelectorAll(".wrong")) wrong.textContent = "";
  try {
    await call("/staff/password", { method: "POST", body: { current: form.current.value, new: form.elements.new.value } });
    location.href = "/counter";
  } catch (problem) {
    const place = form.querySelector(`.wrong[data-for="${problem.field}"]`) ?? form.querySelector(".wrong");
    place.textContent = problem.detail;
  }
});
