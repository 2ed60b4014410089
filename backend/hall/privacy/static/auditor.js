// Whether the audit trail was touched: computed by the backend when asked, and at once where nothing is filtered.
import { byId, call, make } from "/static/shell/api.js";

const button = byId("verify");

async function verify() {
  button.disabled = true;
  byId("chain").textContent = "正在核对……";
  byId("problems").replaceChildren();
  try {
    const found = await call("/audit/verification");
    byId("chain").textContent = found.sentence;
    byId("chain").className = found.holds ? "" : "banner";
    byId("problems").append(...found.problems.map((problem) => make("li", {}, problem)));
    byId("problems").hidden = found.holds;
  } catch (problem) {
    byId("chain").textContent = problem.detail;
  } finally {
    button.disabled = false;
  }
}

button.addEventListener("click", verify);
if (!location.search) verify();
