// Sign out; whatever happens, the page with people's cases is left.
import { call } from "./api.js";
import { byId } from "./elements.js";
import { toLogin } from "./login.js";

byId("sign-out").addEventListener("click", async () => {
  try {
    await call("/staff/session", { method: "DELETE" });
  } finally {
    toLogin();
  }
});
