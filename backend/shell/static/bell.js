// A bell that somebody switches on. Browsers allow sound only after a press on the page; the wish is remembered on this device.

const KEPT = "daoban.bell";
const CALM = [660];
const URGENT = [880, 660, 880, 660];
const TONE_SECONDS = 0.25;

/**
 * A bell with its switch; call what it returns to ring once.
 *
 * @param {HTMLButtonElement} button switches it on and off
 * @returns {(urgent: boolean) => void}
 */
export function bell(button) {
  /** @type {AudioContext | null} */
  let audio = null;
  /** @param {boolean} urgent */
  const ring = (urgent) => {
    if (audio) play(audio, urgent ? URGENT : CALM);
  };
  button.disabled = false;
  button.addEventListener("click", () => {
    if (audio) {
      audio.close();
      audio = null;
    } else {
      audio = new AudioContext();
      ring(false);
    }
    keep(audio ? "on" : "off");
    button.setAttribute("aria-pressed", String(audio !== null));
    button.textContent = audio ? "铃声开着，点一下关" : "打开铃声";
  });
  if (wished()) button.textContent = "铃声：点一下才会响"; // after a new load the browser wants a press again
  return ring;
}

/** @param {AudioContext} audio @param {number[]} pitches */
function play(audio, pitches) {
  pitches.forEach((pitch, place) => {
    const tone = audio.createOscillator();
    const loudness = audio.createGain();
    const start = audio.currentTime + place * TONE_SECONDS;
    tone.frequency.value = pitch;
    loudness.gain.setValueAtTime(0.3, start);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + TONE_SECONDS);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start);
    tone.stop(start + TONE_SECONDS);
  });
}

function wished() {
  try {
    return localStorage.getItem(KEPT) === "on";
  } catch {
    return false; // a browser that forbids storage
  }
}

/** @param {string} state */
function keep(state) {
  try {
    localStorage.setItem(KEPT, state);
  } catch {
    // not remembered
  }
}
