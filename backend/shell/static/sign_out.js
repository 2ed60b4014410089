// Sign out; whatever happens, people's cases leave the screen.
import { call, problemOf } from "./api.js";
import { byId, byIdOrNull, make, press } from "./elements.js";
import { toLogin } from "./login.js";

/** Refusals after which this browser is signed out all the same: nobody was signed in; it could not be recorded. */
const SIGNED_OUT = [401, 503];

async function signOut() {
  try {
    await call("/staff/session", { method: "DELETE" });
  } catch (error) {
    const problem = problemOf(error);
    if (!SIGNED_OUT.includes(problem.status)) return tell(problem.detail);
  }
  toLogin();
}

/** @param {string} why */
function tell(why) {
  const again = press("再退出一次", { class: "button primary", onclick: signOut });
  const said = make("p", { role: "alert" }, `${why}这个浏览器上您还登录着，请先别走开。`);
  const card = make("div", { class: "card stack" }, make("h1", {}, "还没有退出"), said, make("div", { class: "actions" }, again));
  byIdOrNull("not-signed-out")?.remove();
  byId("main").hidden = true; // its scripts still find what they draw in
  byId("main").after(make("main", { class: "narrow", id: "not-signed-out" }, card));
  again.focus();
}

byId("sign-out").addEventListener("click", signOut);
