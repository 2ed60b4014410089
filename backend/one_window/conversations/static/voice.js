// 「说话」: press to speak, press again when done (a pause ends it too). What was heard is put where people write, to be read,
// mended and sent by them; nothing is sent by itself.
import { byId, press, randomId } from "/static/shell/api.js";
import * as composer from "./composer.js";
import { NoMicrophone, openMicrophone } from "./microphone.js";

const PATIENCE = 15000; // an answer that does not come
const LAST_SECONDS = 15;
const WORDS = { idle: "说话", opening: "请稍等", listening: "说完了", waiting: "正在认" };
const button = byId("speak");
const panel = byId("hearing");
const others = byId("voice-others");
let line = null;
let now = null; // the recording under way
let heard = null; // what was heard last, as long as it may be sent unchanged

/** @param {{send: (frame: object) => boolean, sendSound: (sound: ArrayBuffer) => void, say: (words: string) => void, hush: () => void, tell: (name: string) => void}} ways */
export function start(ways) {
  line = ways;
  button.addEventListener("click", () => (now ? finish() : begin()));
  byId("hearing-drop").addEventListener("click", drop);
  addEventListener("keydown", (event) => event.key === "Escape" && now && drop());
  document.addEventListener("visibilitychange", () => document.hidden && now && finish());
}

/** What this page may offer. @param {{hear: boolean, sentence: string, kept?: string}} frame */
export function offered({ hear, sentence, kept }) {
  button.hidden = !hear;
  byId("voice-about").textContent = hear ? sentence + kept : "";
  byId("hearing-about").textContent = kept ?? "";
  if (!hear && now) end("");
}

/** How surely a text was heard that is sent as it was heard; nothing for a text somebody wrote or mended. */
export function recognisedOf(words) {
  const own = heard?.text === words ? { confidence: heard.confidence, alternatives: heard.alternatives } : undefined;
  heard = null;
  if (!now) end("");
  return own;
}

export const receive = {
  listening(frame) {
    if (frame.id !== now?.id) return;
    now.until = Date.now() + frame.longest * 1000;
    if (now.state === "opening") show("listening", "正在听，请说");
  },
  partial(frame) {
    if (frame.id === now?.id) byId("hearing-text").textContent = now.text = frame.text;
  },
  heard(frame) {
    if (frame.id !== now?.id) return;
    end(frame.sentence);
    if (frame.text) {
      heard = composer.add(frame.text) ? frame : null;
      offerOthers(frame.advice === "accept" ? [] : frame.alternatives);
    } else {
      line.tell(frame.name);
      if (frame.advice === "person") offerPerson();
    }
    button.focus({ preventScroll: true });
    if (frame.text) composer.ready();
  },
  unheard(frame) {
    if (frame.id === now?.id) end(frame.sentence);
  },
};

/** The line is lost: what was heard until then is kept. */
export function lost() {
  if (!now) return;
  const text = now.text;
  end(text ? "连接断了，录音停了。听到的先写在这里，请看一看。" : "连接断了，录音停了。连上以后请再说一遍，也可以打字。");
  if (text) composer.add(text);
}

async function begin() {
  line.hush();
  heard = null;
  others.replaceChildren();
  const own = (now = { id: randomId(), state: "", text: "", microphone: null, timer: 0, until: Infinity });
  show("opening", "请允许用话筒");
  try {
    const microphone = await openMicrophone((sound) => own === now && own.state !== "waiting" && line.sendSound(sound), finish);
    if (own !== now) return microphone.close(); // dropped meanwhile
    own.microphone = microphone;
  } catch (error) {
    if (!(error instanceof NoMicrophone)) throw error;
    if (own === now) end(error.message);
    return;
  }
  if (!line.send({ type: "listen", id: own.id, rate: 16000 })) return end("还没有连上，请等一下再说，也可以打字。");
  own.timer = setInterval(tick, 1000);
}

function finish() {
  if (!now?.microphone || now.state === "waiting") return;
  line.send({ type: "listened", id: now.id });
  now.microphone.close();
  now.until = Date.now() + PATIENCE;
  show("waiting", "听完了，正在认");
}

function drop() {
  line.send({ type: "unlisten", id: now.id });
  end("这段不要了。");
  button.focus({ preventScroll: true });
}

function end(sentence) {
  clearInterval(now?.timer);
  now?.microphone?.close();
  now = null;
  panel.hidden = true;
  byId("hearing-text").textContent = byId("hearing-left").textContent = "";
  others.replaceChildren();
  byId("voice-said").textContent = sentence;
  name("idle");
}

function tick() {
  const left = Math.ceil((now.until - Date.now()) / 1000);
  if (now.state === "waiting") return left > 0 ? undefined : end("没有等到结果，请再说一遍，也可以打字。");
  byId("hearing-left").textContent = left <= LAST_SECONDS ? `还能说${Math.max(left, 0)}秒` : "";
  if (left <= 0) finish();
}

function show(state, words) {
  now.state = state;
  panel.hidden = false;
  panel.dataset.state = state;
  byId("voice-said").textContent = "";
  byId("hearing-state").textContent = words;
  byId("hearing-left").textContent = "";
  name(state);
}

function name(state) {
  button.textContent = WORDS[state];
  button.classList.toggle("danger", state === "listening");
}

function offerOthers(texts) {
  const instead = (text) => () => {
    composer.replace(text);
    heard = null; // somebody has chosen it: that is as sure as writing
    others.replaceChildren();
  };
  others.replaceChildren(...texts.map((text) => press(`是「${text}」`, { class: "choice", onclick: instead(text) })));
}

function offerPerson() {
  others.replaceChildren(press("找人帮我", { class: "choice", onclick: () => line.say("转人工") }));
}
