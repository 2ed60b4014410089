import { call } from "./api.js";

document.getElementById("sign-out").addEventListener("click", async () => {
  await call("/staff/session", { method: "DELETE" });
  location.href = "/login";
});
