// Replies read aloud: 「读出来」 under each, 「自动朗读」 for new ones, both at the pace that is chosen. One at a time; the
// sound comes over the chat's own line, a sentence at a time.
import { byId } from "/static/shell/elements.js";
import { randomId } from "/static/shell/ids.js";

/** @typedef {import("/types/conversations/frames").Received} Received */
/** @typedef {import("/types/conversations/frames").FromBrowser} FromBrowser */
/** @typedef {import("/types/conversations/frames").Message} Message */
/** @typedef {{seq: number} | {sentence_name: Received["transcription"]["name"]}} What a message of the conversation, or one of our own sentences */
/**
 * What is being read. `reply`: the message it answers; `at`: when the next sound begins, seconds of the audio clock.
 *
 * @typedef {{id: string, button: HTMLElement | null, reply: string | null, sources: Set<AudioBufferSourceNode>, at: number, done: boolean, decoding: Promise<void>}} Reading
 */

const READ = "读出来";
const STOP = "不读了";
const auto = byId("auto-read", HTMLInputElement);
const slower = byId("read-slower", HTMLInputElement);
/** @type {(frame: FromBrowser) => boolean} */
let send = () => false;
/** @type {AudioContext | null} */
let context = null;
/** @type {Reading | null} */
let now = null;
/** @type {[Message, HTMLElement | null][]} */
let next = []; // further messages of the same reply
/** @type {string | null} */
let announced = null;

/** @param {(frame: FromBrowser) => boolean} line */
export function start(line) {
  send = line;
  keepChoice(auto, "daoban.auto-read");
  keepChoice(slower, "daoban.read-slower");
  auto.addEventListener("change", () => {
    if (!auto.checked) stop();
  });
}

/** @param {Received["voice"]} frame */
export function offered({ can_read: reads }) {
  document.documentElement.toggleAttribute("data-reads", reads);
  byId("voice-tools").hidden = !reads;
  if (!reads) stop();
}

/** The button of a message was pressed. @param {number} seq @param {HTMLElement} button */
export function pressed(seq, button) {
  if (now?.button === button) return stop();
  stop();
  read({ seq }, button, null);
}

/** A new message is there: what belonged to an older one stops. @param {Message} message @param {HTMLElement | null} button */
export function arrived(message, button) {
  if (now && now.reply !== message.in_reply_to) stop();
  if (!auto.checked) return;
  if (now) next.push([message, button]);
  else read({ seq: message.seq }, button, message.in_reply_to);
}

/** One of our own sentences, for who listens instead of reading. @param {Received["transcription"]["name"]} sentence_name */
export function tell(sentence_name) {
  if (auto.checked) read({ sentence_name }, null, null);
}

export function stop() {
  next = [];
  if (!now) return;
  send({ type: "stop_reading" });
  end();
}

export const receive = {
  /** @param {Received["audio"]} frame */
  audio(frame) {
    announced = frame.id;
  },
  /** @param {Received["reading_finished"]} frame */
  reading_finished(frame) {
    const own = now;
    if (frame.id !== own?.id) return;
    own.decoding = own.decoding.then(() => {
      own.done = true;
      goOn(own);
    });
  },
  /** @param {Received["reading_refused"]} frame */
  reading_refused(frame) {
    if (frame.id !== now?.id) return;
    end();
    next = [];
    byId("voice-said").textContent = frame.sentence;
  },
};

/** A WAV file of what was announced. @param {ArrayBuffer} wav */
export function sound(wav) {
  const own = now;
  if (!own || own.id !== announced) return;
  own.decoding = own.decoding.then(async () => {
    const buffer = await audio().decodeAudioData(wav);
    if (own === now) play(own, buffer);
  });
}

/** @param {What} what @param {HTMLElement | null} button @param {string | null} reply */
function read(what, button, reply) {
  audio().resume();
  /** @type {Reading} */
  const own = { id: randomId(), button, reply, sources: new Set(), at: 0, done: false, decoding: Promise.resolve() };
  if (!send({ type: "read_aloud", id: own.id, pace: slower.checked ? "slower" : "normal", ...what })) return;
  now = own;
  if (button) button.textContent = STOP;
}

/** Made when it is first needed: a browser refuses sound before the page was touched. */
function audio() {
  context = context ?? new AudioContext();
  return context;
}

/** @param {Reading} own @param {AudioBuffer} buffer */
function play(own, buffer) {
  const source = audio().createBufferSource();
  source.buffer = buffer;
  source.connect(audio().destination);
  own.at = Math.max(own.at, audio().currentTime);
  source.start(own.at);
  own.at += buffer.duration;
  own.sources.add(source);
  source.addEventListener("ended", () => {
    own.sources.delete(source);
    goOn(own);
  });
}

/** After the last sentence: the next message of the reply. @param {Reading} own */
function goOn(own) {
  if (own !== now || !own.done || own.sources.size) return;
  end();
  const following = next.shift();
  if (!following) return;
  const [message, button] = following;
  read({ seq: message.seq }, button, message.in_reply_to);
}

function end() {
  const own = now;
  now = null;
  if (!own) return;
  for (const source of own.sources) source.stop();
  if (own.button) own.button.textContent = READ;
}

/** What was chosen last time on this device. @param {HTMLInputElement} box @param {string} key */
function keepChoice(box, key) {
  box.checked = remembered(key) === "yes";
  box.addEventListener("change", () => remember(key, box.checked ? "yes" : "no"));
}

/** @param {string} key */
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that forbids storage
  }
}

/** @param {string} key @param {string} value */
function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // not remembered
  }
}
