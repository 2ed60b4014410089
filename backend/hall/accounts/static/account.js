// The protection of one's own account: the second step of signing in, and where one is signed in.
import { byId, call, make, press, when } from "/static/shell/api.js";
import { clearWrong, showWrong } from "/static/shell/fields.js";

const section = byId("second-step");
const confirm = byId("confirm");
const firstCode = byId("first-code");
const isOn = () => section.dataset.on === "true";

function showState() {
  byId("second-step-state").textContent = isOn()
    ? "开着：登录时除了密码，还要写手机验证器上的数字。"
    : "没有开：登录只要密码。开了以后，别人知道密码也进不来。";
  byId("confirm-do").textContent = isOn() ? "关闭两步登录" : "开始设置";
  confirm.hidden = false;
  firstCode.hidden = true;
}

/** Do it; a refusal stands at its field. */
async function attempt(form, work) {
  clearWrong(form);
  try {
    await work();
    form.reset();
  } catch (problem) {
    if (!showWrong(form, problem.field, problem.detail)) showWrong(form, "form", problem.detail);
  }
}

confirm.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = { password: confirm.elements.password.value };
  attempt(confirm, async () => {
    if (isOn()) {
      await call("/staff/second-step/off", { method: "POST", body });
      section.dataset.on = "false";
      showState();
      return;
    }
    const made = await call("/staff/second-step", { method: "POST", body });
    byId("qr").src = `data:image/svg+xml,${encodeURIComponent(made.qr)}`;
    byId("secret").textContent = made.secret;
    confirm.hidden = true;
    firstCode.hidden = false;
    byId("code").focus();
  });
});

firstCode.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(firstCode, async () => {
    await call("/staff/second-step/confirm", { method: "POST", body: { code: firstCode.elements.code.value.trim() } });
    section.dataset.on = "true";
    byId("qr").removeAttribute("src");
    byId("secret").textContent = "";
    showState();
  });
});

async function showSessions() {
  byId("sessions-wrong").textContent = "";
  try {
    const { sessions } = await call("/staff/sessions");
    byId("sessions").replaceChildren(...sessions.map(sessionLine));
  } catch (problem) {
    byId("sessions-wrong").textContent = problem.detail;
  }
}

function sessionLine(session) {
  const end = async () => {
    await call(`/staff/sessions/${session.id}`, { method: "DELETE" }).catch(() => null); // already gone: the list shows it
    await showSessions();
  };
  return make(
    "li",
    {},
    make("strong", {}, session.current ? "这个浏览器" : session.browser || "别的浏览器"),
    make("p", { class: "small" }, `${when(session.begun_at)}登录，地址${session.address}`),
    session.current ? null : press("让它退出", { onclick: end }),
  );
}

showState();
showSessions();
