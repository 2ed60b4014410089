// Replies read aloud: 「读出来」 under each, 「自动朗读」 for new ones, both at the pace that is chosen. One at a time; the
// sound comes over the chat's own line, a sentence at a time.
import { byId, randomId } from "/static/shell/api.js";

const READ = "读出来";
const STOP = "不读了";
const auto = byId("auto-read");
const slower = byId("read-slower");
let send = null;
let context = null;
let now = null; // what is being read: {id, button, reply, sources, at, done, decoding}
let next = []; // further messages of the same reply
let announced = null;

/** @param {(frame: object) => boolean} line */
export function start(line) {
  send = line;
  for (const [box, key] of [[auto, "daoban.auto-read"], [slower, "daoban.read-slower"]]) {
    box.checked = remembered(key) === "yes";
    box.addEventListener("change", () => remember(key, box.checked ? "yes" : "no"));
  }
  auto.addEventListener("change", () => auto.checked || stop());
}

export function offered({ read }) {
  document.documentElement.toggleAttribute("data-reads", read);
  byId("voice-tools").hidden = !read;
  if (!read) stop();
}

/** The button of a message was pressed. */
export function pressed(seq, button) {
  if (now?.button === button) return stop();
  stop();
  read({ seq }, button, null);
}

/** A new message is there: what belonged to an older one stops. */
export function arrived(message, button) {
  if (now && now.reply !== message.in_reply_to) stop();
  if (!auto.checked) return;
  if (now) next.push([message, button]);
  else read({ seq: message.seq }, button, message.in_reply_to);
}

/** One of our own sentences, for who listens instead of reading. */
export function tell(said) {
  if (auto.checked) read({ said }, null, null);
}

export function stop() {
  next = [];
  if (!now) return;
  send({ type: "hush" });
  end();
}

export const receive = {
  sound: (frame) => (announced = frame.id),
  read_out(frame) {
    if (frame.id !== now?.id) return;
    const own = now;
    own.decoding = own.decoding.then(() => {
      own.done = true;
      goOn(own);
    });
  },
  unread(frame) {
    if (frame.id !== now?.id) return;
    end();
    next = [];
    byId("voice-said").textContent = frame.sentence;
  },
};

/** A WAV file of what was announced. @param {ArrayBuffer} wav */
export function sound(wav) {
  const own = now;
  if (own?.id !== announced) return;
  own.decoding = own.decoding.then(() => context.decodeAudioData(wav)).then((buffer) => own === now && play(own, buffer));
}

function read(what, button, reply) {
  context ??= new AudioContext();
  context.resume();
  const own = { id: randomId(), button, reply, sources: new Set(), at: 0, done: false, decoding: Promise.resolve() };
  if (!send({ type: "read", id: own.id, pace: slower.checked ? "slower" : "normal", ...what })) return;
  now = own;
  if (button) button.textContent = STOP;
}

function play(own, buffer) {
  const source = context.createBufferSource();
  source.buffer = buffer;
  source.connect(context.destination);
  own.at = Math.max(own.at, context.currentTime);
  source.start(own.at);
  own.at += buffer.duration;
  own.sources.add(source);
  source.addEventListener("ended", () => {
    own.sources.delete(source);
    goOn(own);
  });
}

/** After the last sentence: the next message of the reply. */
function goOn(own) {
  if (own !== now || !own.done || own.sources.size) return;
  end();
  const [message, button] = next.shift() ?? [];
  if (message) read({ seq: message.seq }, button, message.in_reply_to);
}

function end() {
  const own = now;
  now = null;
  for (const source of own.sources) source.stop();
  if (own.button) own.button.textContent = READ;
}

function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that forbids storage
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // not remembered
  }
}
