// The emergency notice on a page that stays open: asked for every minute, and when somebody comes back to the page.
import { call, problemOf } from "./api.js";
import { byId } from "./elements.js";

const PAUSE = 60000; // milliseconds
const banner = byId("emergency");

async function look() {
  if (document.hidden) return;
  /** @type {import("/types/api").EmergencyNotice} */
  let found;
  try {
    found = await call("/emergency-notice");
  } catch (error) {
    problemOf(error); // away: what stands there stays
    return;
  }
  if (banner.textContent !== found.sentence) banner.textContent = found.sentence;
  banner.hidden = !found.sentence;
}

document.addEventListener("visibilitychange", look);
setInterval(look, PAUSE);
