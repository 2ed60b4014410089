// Accounts: new ones, resets, moves, leaving; what waits for a second person. The page is drawn anew after a change.
import { call, problemOf } from "/static/shell/api.js";
import { allWithin, around, byId, byIdOrNull, dataOf } from "/static/shell/elements.js";
import { clearWrong, showProblem, valueOf } from "/static/shell/fields.js";

/** @typedef {import("/types/api").AccountChange} Change */
/** @typedef {import("/types/api").ChangeOutcome} Outcome */

/** @type {Record<string, string>} */
const QUESTIONS = { reset: "重设密码？原来的密码马上不能用，两步登录会关掉：", leave: "离岗停用？马上退出登录，以后进不来：", reopen: "恢复使用？可以用原来的密码登录：" };
const form = byId("account-form", HTMLFormElement);
const dialog = byId("dialog", HTMLDialogElement);
const question = byId("ask", HTMLDialogElement);
const told = byId("told", HTMLDialogElement);
const boxes = allWithin(form, "input[type=checkbox]", HTMLInputElement);
/** @type {"add" | "change"} */
let kind = "add";
/** @type {(() => Promise<void>) | null} */
let asked = null;

/** Show a first password, else the changed list. @param {Outcome} outcome */
function finished(outcome) {
  if (!outcome.first_password) return location.reload();
  byId("told-username").textContent = outcome.username;
  byId("told-password").textContent = outcome.first_password;
  told.showModal();
}

/** @param {Partial<Change>} body @returns {Promise<void>} */
async function change(body) {
  finished(await call("/personnel/changes", { method: "POST", body }));
}

/** @param {string} name */
function chosen(name) {
  return boxes.filter((box) => box.name === name && box.checked).map((box) => box.value);
}

/** @param {HTMLElement | null} row whose account is changed; null for a new one */
function edit(row) {
  kind = row ? "change" : "add";
  clearWrong(form);
  form.reset();
  byId("dialog-title").textContent = row ? `改岗位和单元：${dataOf(row, "name")}` : "新建账号";
  for (const part of allWithin(form, "[data-new]")) part.hidden = row !== null;
  if (row) {
    byId("username", HTMLInputElement).value = dataOf(row, "username");
    byId("position", HTMLInputElement).value = dataOf(row, "position");
    const held = [...dataOf(row, "roles").split(" "), ...dataOf(row, "units").split(" ")];
    for (const box of boxes) box.checked = held.includes(box.value);
  }
  dialog.showModal();
}

/** @param {string} wanted @param {HTMLElement} row */
function ask(wanted, row) {
  byId("ask-title").textContent = `${QUESTIONS[wanted]}${dataOf(row, "name")}`;
  byId("ask-wrong").textContent = "";
  asked = () => change({ kind: /** @type {Change["kind"]} */ (wanted), username: dataOf(row, "username") });
  question.showModal();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  clearWrong(form);
  const body = { kind, username: valueOf("username"), name: valueOf("name"), position: valueOf("position"), roles: chosen("roles"), units: chosen("units") };
  try {
    await change(/** @type {Change} */ (body));
    dialog.close();
  } catch (error) {
    showProblem(form, problemOf(error));
  }
});
byId("ask-do").addEventListener("click", async () => {
  try {
    await asked?.();
    question.close();
  } catch (error) {
    byId("ask-wrong").textContent = problemOf(error).detail;
  }
});
byId("cancel").addEventListener("click", () => dialog.close());
byId("ask-cancel").addEventListener("click", () => question.close());
byId("told-done").addEventListener("click", () => location.reload());
for (const button of allWithin(document, "[data-decide]", HTMLButtonElement)) {
  button.addEventListener("click", async () => {
    const address = `/personnel/proposals/${dataOf(around(button, "li"), "proposal")}/${dataOf(button, "decide")}`;
    try {
      /** @type {Outcome} */
      const outcome = await call(address, { method: "POST" });
      if (!outcome.closed) return finished(outcome);
      byId("wrong").textContent = `这一条办不成了，已经关闭。${outcome.closed}`;
      around(button, "li").remove();
    } catch (error) {
      byId("wrong").textContent = problemOf(error).detail;
    }
  });
}
const add = byIdOrNull("add", HTMLButtonElement); // only for who may manage
if (add) {
  add.disabled = false; // pressed before anybody listened, the press would be lost
  add.addEventListener("click", () => edit(null));
}
for (const button of allWithin(byId("members"), "button", HTMLButtonElement)) {
  button.disabled = false;
  button.addEventListener("click", () => {
    const row = around(button, "li");
    if (button.dataset.ask) ask(button.dataset.ask, row);
    else edit(row);
  });
}
