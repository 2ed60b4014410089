// The citizen's page: messages, choices, cards, what is not sent yet.
import { make, randomId } from "./api.js";
import { drawCard } from "./cards.js";
import { Connection } from "./connection.js";
import { outbox } from "./outbox.js";

const LONGEST = 500;
const NEAR_LIMIT = 400;
const byId = (id) => document.getElementById(id);
const log = byId("log");
const text = byId("text");
const pending = new Map();
const shown = new Set();
let last = 0;
let conversation = null;

const connection = new Connection({
  after: () => last,
  frame: (frame) => receive[frame.type]?.(frame),
  state: (open) => {
    byId("connection").hidden = open;
    byId("connection").textContent = open ? "" : "连接断了，正在重连。您写的不会丢。";
    if (!open) byId("typing").hidden = true;
  },
});

const receive = {
  hello(frame) {
    if (conversation !== null && conversation !== frame.conversation) location.reload();
    conversation = frame.conversation;
    showWarming(frame.assistant);
    for (const waiting of outbox.all()) {
      if (!pending.has(waiting.message_id)) drawOwn(waiting);
      connection.send(waiting);
    }
    setTimeout(showWelcome, 150);
  },
  assistant: (frame) => showWarming(frame.state),
  typing(frame) {
    byId("typing").hidden = !frame.on;
    scroll();
  },
  message(frame) {
    const message = frame.message;
    if (message.seq <= last) return;
    last = message.seq;
    byId("welcome").hidden = true;
    if (message.sender === "citizen") stored(message);
    else drawOther(message);
    scroll();
  },
  refused(frame) {
    outbox.remove(frame.message_id);
    const own = pending.get(frame.message_id);
    pending.delete(frame.message_id);
    if (own) {
      own.element.remove();
      if (own.frame.text && !text.value) text.value = own.frame.text;
    }
    byId("wrong").textContent = frame.detail;
    grow();
    text.focus();
  },
};

function stored(message) {
  outbox.remove(message.message_id);
  const own = pending.get(message.message_id);
  pending.delete(message.message_id);
  if (own) own.element.remove();
  if (shown.has(message.seq)) return;
  shown.add(message.seq);
  closeChoices();
  log.append(make("div", { class: "from-citizen", "data-seq": message.seq }, make("div", { class: "bubble" }, masked(message))));
}

/** Placeholders of personal numbers are shown masked. */
function masked(message) {
  return message.identifiers.reduce((said, found) => said.replaceAll(found.placeholder, found.masked), message.text);
}

function drawOther(message) {
  closeChoices();
  const web = message.content?.web ?? { text: message.text, choices: [], card: null };
  const card = web.card ? drawCard(web.card) : null;
  const choices = web.choices?.length
    ? make("div", { class: "choices", "data-open": true }, ...web.choices.map((choice) => make("button", { class: "button", type: "button", onclick: () => choose(choice) }, choice.say)))
    : null;
  const short = card && web.card.kind === "notice" ? web.text.split("\n")[0] : web.text;
  log.append(make("div", { class: `from-${message.sender}`, "data-seq": message.seq }, make("div", { class: "bubble" }, short), card, choices));
}

/** Only the newest buttons can be pressed. */
function closeChoices() {
  for (const open of log.querySelectorAll(".choices[data-open]")) open.remove();
}

function drawOwn(frame) {
  const state = make("div", { class: "state" }, connection.isOpen ? "正在发送……" : "等连上了再发");
  const element = make("div", { class: "from-citizen" }, make("div", { class: "bubble" }, frame.text ?? frame.shown), state);
  pending.set(frame.message_id, { element, frame });
  byId("welcome").hidden = true;
  log.append(element);
  setTimeout(() => offerAgain(frame, state), 8000);
  scroll();
}

function offerAgain(frame, state) {
  if (!pending.has(frame.message_id)) return;
  state.replaceChildren("还没发出去", make("button", { class: "button", type: "button", onclick: () => connection.send(frame) || connection.open() }, "重发"));
}

function say(words) {
  send({ type: "say", message_id: randomId(), text: words });
}

function choose(choice) {
  send({ type: "choose", message_id: randomId(), choice: choice.choice, shown: choice.say });
}

function send(frame) {
  outbox.add(frame);
  closeChoices();
  drawOwn(frame);
  connection.send(frame);
}

function showWelcome() {
  byId("welcome").hidden = last > 0 || pending.size > 0;
}

function showWarming(state) {
  byId("warming").hidden = state === "ready";
}

function scroll() {
  byId("scroll").scrollTop = byId("scroll").scrollHeight;
}

function grow() {
  text.style.height = "auto";
  text.style.height = `${Math.min(text.scrollHeight + 2, 160)}px`;
  const length = [...text.value].length;
  byId("counter").hidden = length < NEAR_LIMIT;
  byId("counter").textContent = length > LONGEST ? `写了${length}个字，一次最多${LONGEST}个字，请分开说。` : `${length}／${LONGEST}`;
}

byId("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  const words = text.value.trim();
  byId("wrong").textContent = "";
  if (!words) {
    byId("wrong").textContent = "请先写一句话，比如「领失业金要带什么」。";
    return;
  }
  if ([...words].length > LONGEST) {
    grow();
    return;
  }
  text.value = "";
  grow();
  say(words);
});
text.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  byId("composer").requestSubmit();
});
text.addEventListener("input", () => {
  byId("wrong").textContent = "";
  grow();
});
for (const start of byId("starts").children) start.addEventListener("click", () => say(start.textContent));
