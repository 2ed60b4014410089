// Sign out; whatever happens, the page with people's cases is left.
import { call } from "./api.js";
import { byId } from "./elements.js";

byId("sign-out").addEventListener("click", async () => {
  try {
    await call("/staff/session", { method: "DELETE" });
  } finally {
    location.assign("/login");
  }
});
