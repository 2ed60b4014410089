// 「说话」: press to speak, press again when done (a pause ends it too). What was heard is put where people write, to be read,
// mended and sent by them; nothing is sent by itself.
import { byId, press, refill } from "/static/shell/elements.js";
import { randomId } from "/static/shell/ids.js";
import * as composer from "./composer.js";
import { NoMicrophone, openMicrophone } from "./microphone.js";

/** @typedef {import("/types/conversations/frames").Received} Received */
/** @typedef {import("/types/conversations/frames").FromBrowser} FromBrowser */
/** @typedef {{send: (frame: FromBrowser) => boolean, sendSound: (sound: ArrayBuffer) => void, say: (words: string) => void, stopReading: () => void, tell: (name: Received["transcription"]["name"]) => void}} Ways */
/** @typedef {"opening" | "recording" | "waiting"} State */
/** @typedef {{id: string, state: State, text: string, microphone: {close: () => void} | null, timer: ReturnType<typeof setInterval> | undefined, until: number}} Recording */

const RESULT_TIMEOUT_MS = 15000; // a transcription that does not come
const LAST_SECONDS = 15;
const WORDS = { idle: "说话", opening: "请稍等", recording: "说完了", waiting: "正在认" };
const button = byId("speak");
const panel = byId("recording");
const others = byId("voice-others");
/** @type {Ways} */
let line;
/** @type {Recording | null} */
let now = null; // the recording under way
/** @type {Received["transcription"] | null} */
let transcription = null; // what was heard last, as long as it may be sent unchanged

/** @param {Ways} ways */
export function start(ways) {
  line = ways;
  button.addEventListener("click", () => (now ? finish() : begin()));
  byId("recording-drop").addEventListener("click", drop);
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") drop();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) finish();
  });
}

/** What this page may offer. @param {Received["voice"]} frame */
export function offered({ can_record, sentence, privacy }) {
  button.hidden = !can_record;
  byId("voice-about").textContent = can_record ? sentence + (privacy ?? "") : "";
  byId("recording-about").textContent = privacy ?? "";
  if (!can_record && now) end("");
}

/** How surely a text was heard that is sent as it was heard; nothing for a text somebody wrote or mended. @param {string} words */
export function transcriptionOf(words) {
  const own = transcription?.text === words ? { confidence: transcription.confidence, alternatives: transcription.alternatives } : undefined;
  transcription = null;
  if (!now) end("");
  return own;
}

export const receive = {
  /** @param {Received["recording"]} frame */
  recording(frame) {
    if (frame.id !== now?.id) return;
    now.until = Date.now() + frame.max_seconds * 1000;
    if (now.state === "opening") show(now, "recording", "正在听，请说");
  },
  /** @param {Received["partial_transcription"]} frame */
  partial_transcription(frame) {
    if (frame.id !== now?.id) return;
    now.text = frame.text;
    byId("recording-text").textContent = frame.text;
  },
  /** @param {Received["transcription"]} frame */
  transcription(frame) {
    if (frame.id !== now?.id) return;
    end(frame.sentence);
    if (frame.text) {
      transcription = composer.add(frame.text) ? frame : null;
      offerOthers(frame.advice === "accept" ? [] : frame.alternatives);
    } else {
      line.tell(frame.name);
      if (frame.advice === "person") offerPerson();
    }
    button.focus({ preventScroll: true });
    if (frame.text) composer.ready();
  },
  /** @param {Received["recording_refused"]} frame */
  recording_refused(frame) {
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
  line.stopReading();
  transcription = null;
  refill(others);
  /** @type {Recording} */
  const own = { id: randomId(), state: "opening", text: "", microphone: null, timer: undefined, until: Infinity };
  now = own;
  show(own, "opening", "请允许用话筒");
  /** @param {ArrayBuffer} sound */
  const take = (sound) => {
    if (own === now && own.state !== "waiting") line.sendSound(sound);
  };
  try {
    const microphone = await openMicrophone(take, finish);
    if (own !== now) return microphone.close(); // dropped meanwhile
    own.microphone = microphone;
  } catch (error) {
    if (!(error instanceof NoMicrophone)) throw error;
    if (own === now) end(error.message);
    return;
  }
  if (!line.send({ type: "start_recording", id: own.id, rate: 16000 })) return end("还没有连上，请等一下再说，也可以打字。");
  own.timer = setInterval(() => tick(own), 1000);
}

function finish() {
  if (!now?.microphone || now.state === "waiting") return;
  line.send({ type: "stop_recording", id: now.id });
  now.microphone.close();
  now.until = Date.now() + RESULT_TIMEOUT_MS;
  show(now, "waiting", "听完了，正在认");
}

function drop() {
  if (!now) return;
  line.send({ type: "cancel_recording", id: now.id });
  end("这段不要了。");
  button.focus({ preventScroll: true });
}

/** @param {string} sentence what became of it, for people */
function end(sentence) {
  clearInterval(now?.timer);
  now?.microphone?.close();
  now = null;
  panel.hidden = true;
  byId("recording-text").textContent = "";
  byId("recording-left").textContent = "";
  refill(others);
  byId("voice-said").textContent = sentence;
  name("idle");
}

/** @param {Recording} own */
function tick(own) {
  const left = Math.ceil((own.until - Date.now()) / 1000);
  if (own.state === "waiting") {
    if (left <= 0) end("没有等到结果，请再说一遍，也可以打字。");
    return;
  }
  byId("recording-left").textContent = left <= LAST_SECONDS ? `还能说${Math.max(left, 0)}秒` : "";
  if (left <= 0) finish();
}

/** @param {Recording} own @param {State} state @param {string} words */
function show(own, state, words) {
  own.state = state;
  panel.hidden = false;
  panel.dataset.state = state;
  byId("voice-said").textContent = "";
  byId("recording-state").textContent = words;
  byId("recording-left").textContent = "";
  name(state);
}

/** @param {keyof typeof WORDS} state */
function name(state) {
  button.textContent = WORDS[state];
  button.classList.toggle("danger", state === "recording");
}

/** @param {string[]} texts */
function offerOthers(texts) {
  /** @param {string} text */
  const instead = (text) => () => {
    composer.replace(text);
    transcription = null; // somebody has chosen it: that is as sure as writing
    refill(others);
  };
  refill(others, ...texts.map((text) => press(`是「${text}」`, { class: "choice", onclick: instead(text) })));
}

function offerPerson() {
  refill(others, press("找人帮我", { class: "choice", onclick: () => line.say("转人工") }));
}
