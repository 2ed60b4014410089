// The conversation as it is shown: what the server has stored, and below it what is still on its way.
import { allWithin, byId, dataOf, make, press, within } from "/static/shell/elements.js";
import { withPhones } from "/static/shell/phones.js";
import { drawCard } from "./cards.js";

/** @typedef {import("/types/conversations/frames").Message} Message */
/** @typedef {import("/types/conversations/frames").CitizenFrame} CitizenFrame */
/** @typedef {import("/types/conversations/frames").Choice} Choice */
/** @typedef {(choice: Choice, button: HTMLElement) => void} Choose */
/** @typedef {(seq: number, button: HTMLElement) => void} Read */

const WHO = { assistant: "导办说：", staff: "工作人员说：", system: "中心通知：", citizen: "您说：" };
const log = byId("log");
const outgoing = byId("outgoing");
/** @type {Map<string, {element: HTMLElement, frame: CitizenFrame}>} */
const unsent = new Map();
/** @type {string | null} */
let answering = null;

/** A stored message. @param {Message} message @param {{choose: Choose, read: Read}} on */
export function show(message, on) {
  const element = message.sender === "citizen" ? ownMessage(message) : otherMessage(message, on);
  log.append(element);
  return element;
}

/** A message on its way. @param {CitizenFrame} frame */
export function showUnsent(frame) {
  if (unsent.has(frame.message_id)) return;
  const element = bubble("citizen", frame.type === "say" ? frame.text : (frame.shown ?? ""), make("p", { class: "state", role: "status" }, "正在发送"));
  element.classList.add("unsent");
  unsent.set(frame.message_id, { element, frame });
  outgoing.append(element);
}

/** The message was refused: it stays, with the sentence below it. Returns its frame. @param {string} messageId @param {string} detail */
export function showRefused(messageId, detail) {
  const own = unsent.get(messageId);
  if (!own) return null;
  unsent.delete(messageId);
  own.element.classList.replace("unsent", "refused");
  within(own.element, ".state").replaceWith(make("p", { class: "state" }, "没有发出去"));
  own.element.append(make("p", { class: "wrong", role: "alert" }, detail));
  return own.frame;
}

export const unsentCount = () => unsent.size;
export const oldestUnsent = () => unsent.keys().next().value ?? null;

/** What was refused before is settled once something new is said. */
export function forgetRefused() {
  for (const element of outgoing.querySelectorAll(".refused")) element.remove();
}

/** Buttons of earlier messages can no longer be pressed. */
export function closeChoices() {
  for (const button of allWithin(log, ".choice:enabled", HTMLButtonElement)) button.disabled = true;
}

/** @param {Message} message */
function ownMessage(message) {
  unsent.get(message.message_id)?.element.remove();
  unsent.delete(message.message_id);
  if (message.choice !== null) markChosen(message.choice);
  closeChoices();
  return bubble("citizen", masked(message.text, message));
}

/** @param {string} choice */
function markChosen(choice) {
  const buttons = allWithin(log, ".choice").filter((button) => dataOf(button, "choice") === choice);
  if (buttons.length) buttons[buttons.length - 1].setAttribute("aria-pressed", "true");
}

/** @param {Message} message @param {{choose: Choose, read: Read}} on */
function otherMessage(message, on) {
  const web = message.content?.web ?? { text: message.text, choices: [], card: null };
  if (message.sender !== "system" && message.in_reply_to !== answering) closeChoices(); // news leaves an open question open
  if (message.sender !== "system") answering = message.in_reply_to;
  const card = web.card ? drawCard(web.card) : null;
  const text = card && web.card?.kind === "notice" ? web.text.split("\n")[0] : web.text; // the card holds the list
  return bubble(message.sender, masked(text, message), drawRead(message.seq, on.read), card, drawChoices(web.choices ?? [], on.choose));
}

/** @param {number} seq @param {Read} read */
function drawRead(seq, read) {
  const button = press("读出来", { class: "button plain small read" });
  button.addEventListener("click", () => read(seq, button));
  return button;
}

/** @param {Choice[]} choices @param {Choose} choose */
function drawChoices(choices, choose) {
  if (!choices.length) return null;
  const buttons = choices.map((choice) => {
    const button = make("button", { class: "choice", type: "button", "data-choice": choice.choice }, choice.say);
    button.addEventListener("click", () => choose(choice, button));
    return button;
  });
  return make("div", { class: "choices", role: "group", "aria-label": "可以点的回答" }, ...buttons);
}

/** @param {Message["sender"]} sender @param {string} text @param {...(HTMLElement | null)} more */
function bubble(sender, text, ...more) {
  const said = make("div", { class: "bubble" }, make("span", { class: "visually-hidden" }, WHO[sender]), ...(sender === "citizen" ? [text] : withPhones(text)));
  return make("div", { class: `message from-${sender}` }, said, ...more);
}

/** Placeholders of personal numbers are shown masked. @param {string} text @param {Message} message */
function masked(text, message) {
  return message.identifiers.reduce((said, found) => said.split(found.placeholder).join(found.masked), text);
}
