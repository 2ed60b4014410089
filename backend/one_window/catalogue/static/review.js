// What has to be read again: an answer that was read leaves the list.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, dataOf } from "/static/shell/elements.js";
import { randomId } from "/static/shell/ids.js";

for (const button of allWithin(document, "[data-read]")) {
  const row = around(button, "[data-answer]");
  button.addEventListener("click", async () => {
    byId("read-wrong").textContent = "";
    try {
      await call(`/catalogue/answers/${dataOf(row, "answer")}/readings`, { method: "POST", body: { note: "" }, key: randomId() });
      const next = row.nextElementSibling?.querySelector("button");
      row.remove();
      byId("count").textContent = String(allWithin(document, "[data-answer]").length);
      byId("read-saved").textContent = "记下了，一年后再读。";
      next?.focus();
    } catch (error) {
      byId("read-wrong").textContent = problemOf(error).detail;
    }
  });
}
