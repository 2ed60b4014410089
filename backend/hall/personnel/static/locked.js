// Accounts locked for wrong passwords: let one try again. The page is drawn anew after it.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, byIdOrNull, dataOf } from "/static/shell/elements.js";

const list = byIdOrNull("locked", HTMLUListElement); // absent where none is locked
for (const button of list ? allWithin(list, "button", HTMLButtonElement) : []) {
  button.disabled = false; // pressed before anybody listened, the press would be lost
  button.addEventListener("click", async () => {
    try {
      await call("/staff/unlock", { method: "POST", body: { username: dataOf(around(button, "li"), "username") } });
      location.reload();
    } catch (error) {
      byId("locked-wrong").textContent = problemOf(error).detail;
    }
  });
}
