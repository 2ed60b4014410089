// Whether the audit trail was touched: computed by the backend when asked, and at once where nothing is filtered.
import { call, problemOf } from "/static/shell/api.js";
import { byId, make, refill } from "/static/shell/elements.js";

const button = byId("verify", HTMLButtonElement);

async function verify() {
  button.disabled = true;
  byId("chain").textContent = "正在核对……";
  refill(byId("problems"));
  try {
    /** @type {import("/types/api").AuditVerification} */
    const found = await call("/audit/verification");
    byId("chain").textContent = found.sentence;
    byId("chain").className = found.holds ? "" : "banner";
    byId("problems").append(...found.problems.map((problem) => make("li", {}, problem)));
    byId("problems").hidden = found.holds;
  } catch (error) {
    byId("chain").textContent = problemOf(error).detail;
  } finally {
    button.disabled = false;
  }
}

button.addEventListener("click", verify);
if (!location.search) verify();
