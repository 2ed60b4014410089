// The citizen's page: what comes over the line is shown, what is said is kept until the server has stored it.
import { allWithin, byId } from "/static/shell/elements.js";
import { randomId } from "/static/shell/ids.js";
import * as aloud from "./aloud.js";
import * as composer from "./composer.js";
import { Connection } from "./connection.js";
import * as following from "./following.js";
import * as messages from "./messages.js";
import * as outbox from "./outbox.js";
import * as voice from "./voice.js";

/** @typedef {import("/types/conversations/frames").CitizenFrame} CitizenFrame */
/** @typedef {import("/types/conversations/frames").ToBrowser} ToBrowser */
/** @typedef {import("/types/conversations/frames").Received} Received */

const CONFIRMATION_TIMEOUT_MS = 10000; // a line on which a message is not confirmed for so long is opened anew
const MAX_SHOWN = 200;
const UNREADABLE = new Set([1003, 1009]); // the server could not read the frame: sending it again would not help
const box = byId("messages");
let last = 0;
let lastOfHistory = 0; // what was stored before the page was opened is history: neither announced nor read aloud
/** @type {string | null} */
let conversation = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let confirmationTimer;
let lineUsed = false;

const connection = new Connection({
  after: () => last,
  frame: take,
  sound: aloud.sound,
  open: () => {
    lineUsed = true;
    byId("connection").hidden = true;
  },
  lost: (code) => {
    byId("connection").hidden = false;
    showLost();
    byId("warming").hidden = true;
    byId("typing").hidden = true;
    voice.lost();
    aloud.stop();
    if (UNREADABLE.has(code)) refuse(messages.oldestUnsent(), "这句话没有发出去，请换个说法再发一次。");
  },
});

/** @type {import("/types/conversations/frames").Receivers} */
const receive = {
  ...voice.receive,
  ...aloud.receive,
  voice(frame) {
    voice.offered(frame);
    aloud.offered(frame);
  },
  hello(frame) {
    if (conversation !== null && conversation !== frame.conversation) return location.reload();
    if (conversation === null) lastOfHistory = frame.last;
    if (last >= lastOfHistory) showHistoryEnd();
    conversation = frame.conversation;
    showState(frame.assistant);
    for (const waiting of outbox.all()) deliver(waiting);
  },
  assistant: (frame) => showState(frame.state),
  typing: (frame) => {
    byId("typing").hidden = !frame.on;
    if (frame.on) following.grown();
  },
  message({ message }) {
    if (message.seq <= last) return;
    last = message.seq;
    if (message.sender === "citizen") outbox.remove(message.message_id);
    else byId("typing").hidden = true;
    const element = messages.show(message, { choose, read: aloud.pressed });
    const history = message.seq <= lastOfHistory;
    following.arrived(element, { history });
    if (message.seq === lastOfHistory) showHistoryEnd();
    if (!history && message.sender !== "citizen") aloud.arrived(message, allWithin(element, ".read")[0] ?? null);
  },
  refused: (frame) => refuse(frame.message_id, frame.detail),
};

/** A frame of a kind that this page does not know changes nothing. @template {ToBrowser["type"]} T @param {{type: T} & Received[T]} frame */
function take(frame) {
  receive[frame.type]?.(frame);
}

/** @param {string} words */
function say(words) {
  send({ type: "say", message_id: randomId(), text: words, recognised: voice.transcriptionOf(words) });
}

/** @param {import("/types/conversations/frames").Choice} choice @param {HTMLElement} button */
function choose(choice, button) {
  button.setAttribute("aria-pressed", "true");
  send({ type: "choose", message_id: randomId(), choice: choice.choice, shown: choice.say.slice(0, MAX_SHOWN) });
  composer.goOn();
}

/** What is kept while the line is down: numbers of people in this page only, never on the machine. */
function showLost() {
  const kept = outbox.holdsUnstored() ? "带号码的话不存在这台机器上，连上以前请别关、别刷新这一页" : "您写的不会丢";
  byId("connection").textContent = `${lineUsed ? "连接断了，正在重新连" : "还没连上，正在连"}。${kept}`;
}

/** @param {CitizenFrame} frame */
function send(frame) {
  aloud.stop();
  messages.forgetRefused();
  messages.closeChoices();
  outbox.add(frame);
  if (!byId("connection").hidden) showLost();
  deliver(frame);
  following.spoken();
}

/** @param {CitizenFrame} frame */
function deliver(frame) {
  messages.showUnsent(frame);
  connection.send(frame);
  clearTimeout(confirmationTimer);
  confirmationTimer = setTimeout(() => {
    if (messages.unsentCount()) connection.restart();
  }, CONFIRMATION_TIMEOUT_MS);
}

/** @param {string | null} messageId nothing where none is on its way @param {string} detail */
function refuse(messageId, detail) {
  if (messageId === null) return;
  outbox.remove(messageId);
  const frame = messages.showRefused(messageId, detail);
  if (frame?.type === "say") composer.putBack(frame.text);
  following.spoken();
}

/** A reader that reads the page aloud hears of what comes from now on. */
function showHistoryEnd() {
  requestAnimationFrame(() => box.setAttribute("aria-busy", "false"));
}

/** @param {Received["hello"]["assistant"]} state */
function showState(state) {
  byId("warming").hidden = state === "ready";
}

addEventListener("beforeunload", (event) => {
  if (outbox.holdsUnstored()) event.preventDefault(); // the browser asks whether to stay
});
composer.start(say);
aloud.start((frame) => connection.send(frame));
voice.start({
  send: (frame) => connection.send(frame),
  sendSound: (sound) => connection.sendSound(sound),
  say,
  stopReading: aloud.stop,
  tell: aloud.tell,
});
for (const start of allWithin(byId("starts"), "button")) start.addEventListener("click", () => say(start.textContent ?? ""));
for (const waiting of outbox.all()) messages.showUnsent(waiting);
const question = new URLSearchParams(location.hash.slice(1)).get("ask"); // a guide's 问导办: written, not yet sent
if (question) {
  history.replaceState(null, "", location.pathname);
  composer.putBack(question);
}
connection.open();
