// Sign out; whatever happens, the page with people's cases is left.
import { byId, call } from "./api.js";

byId("sign-out").addEventListener("click", async () => {
  try {
    await call("/staff/session", { method: "DELETE" });
  } finally {
    location.assign("/login");
  }
});
