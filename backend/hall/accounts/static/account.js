// The protection of one's own account: the second step of signing in, and where one is signed in.
import { call, problemOf } from "/static/shell/api.js";
import { when } from "/static/shell/dates.js";
import { byId, make, press, refill } from "/static/shell/elements.js";
import { clearWrong, inputOf, showProblem } from "/static/shell/fields.js";

const section = byId("second-step");
const confirm = byId("confirm", HTMLFormElement);
const firstCode = byId("first-code", HTMLFormElement);
const isOn = () => section.dataset.on === "true";

function showState() {
  byId("second-step-state").textContent = isOn()
    ? "开着：登录时除了密码，还要写手机验证器上的数字。"
    : "没有开：登录只要密码。开了以后，别人知道密码也进不来。";
  byId("confirm-do").textContent = isOn() ? "关闭两步登录" : "开始设置";
  confirm.hidden = false;
  firstCode.hidden = true;
}

/** Do it; a refusal stands at its field. @param {HTMLFormElement} form @param {() => Promise<void>} work */
async function attempt(form, work) {
  clearWrong(form);
  try {
    await work();
    form.reset();
  } catch (error) {
    showProblem(form, problemOf(error));
  }
}

confirm.addEventListener("submit", (event) => {
  event.preventDefault();
  const body = { password: inputOf(confirm, "password").value };
  attempt(confirm, async () => {
    if (isOn()) {
      await call("/staff/second-step/off", { method: "POST", body });
      section.dataset.on = "false";
      showState();
      return;
    }
    /** @type {import("/types/api").NewSecondStep} */
    const made = await call("/staff/second-step", { method: "POST", body });
    byId("qr", HTMLImageElement).src = `data:image/svg+xml,${encodeURIComponent(made.qr)}`;
    byId("secret").textContent = made.secret;
    confirm.hidden = true;
    firstCode.hidden = false;
    byId("code").focus();
  });
});

firstCode.addEventListener("submit", (event) => {
  event.preventDefault();
  attempt(firstCode, async () => {
    await call("/staff/second-step/confirm", { method: "POST", body: { code: inputOf(firstCode, "code").value.trim() } });
    section.dataset.on = "true";
    byId("qr").removeAttribute("src");
    byId("secret").textContent = "";
    showState();
  });
});

async function showSessions() {
  byId("sessions-wrong").textContent = "";
  try {
    /** @type {import("/types/api").SessionList} */
    const { sessions } = await call("/staff/sessions");
    refill(byId("sessions"), ...sessions.map(sessionLine));
  } catch (error) {
    byId("sessions-wrong").textContent = problemOf(error).detail;
  }
}

// Of a browser's own long description the two words by which people know it; the first that fits.
const BROWSERS = [["MicroMessenger", "微信"], ["DingTalk", "钉钉"], ["Edg", "Edge"], ["Firefox", "火狐"], ["Chrome", "Chrome"], ["Safari", "Safari"]];
const MACHINES = [["HarmonyOS", "鸿蒙"], ["Android", "安卓"], ["iPhone", "iPhone"], ["iPad", "iPad"], ["Windows", "Windows"], ["Mac OS", "Mac"], ["Linux", "Linux"]];

/** @param {string} description */
function browserName(description) {
  const named = [MACHINES, BROWSERS].map((names) => names.find(([part]) => description.includes(part))?.[1] ?? "");
  return named.filter(Boolean).join("上的") || "别的浏览器";
}

/** @param {import("/types/api").SessionView} session */
function sessionLine(session) {
  const end = async () => {
    await call(`/staff/sessions/${session.id}`, { method: "DELETE" }).catch(() => null); // already gone: the list shows it
    await showSessions();
  };
  return make(
    "li",
    {},
    make("strong", {}, session.current ? "这个浏览器" : browserName(session.browser)),
    make("p", { class: "small" }, `${when(session.begun_at)}登录，地址${session.address}`),
    session.current ? null : press("让它退出", { onclick: end }),
  );
}

showState();
showSessions();
