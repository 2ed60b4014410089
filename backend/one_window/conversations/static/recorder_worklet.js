// In the audio thread: whatever rate the microphone has becomes 16,000 samples a second of 16 bits, in pieces of a twentieth of a second.

const RATE = 16000;
const PIECE = RATE / 20;
const PHASES = 128;
const SHARE = 0.92; // of the lower rate's band that passes; the rest is the filter's slope
const LOBES = 16;

/** Windowed sinc, one row of taps for each phase between two samples of the microphone. @param {number} ratio */
function tapsFor(ratio) {
  const half = Math.ceil(LOBES * Math.max(ratio, 1));
  const cut = SHARE * Math.min(1, 1 / ratio);
  return Array.from({ length: PHASES }, (_, phase) => {
    const row = new Float32Array(2 * half);
    let total = 0;
    for (let tap = 0; tap < row.length; tap += 1) {
      const x = tap - half + 1 - phase / PHASES;
      const sinc = x === 0 ? cut : Math.sin(Math.PI * cut * x) / (Math.PI * x);
      row[tap] = Math.abs(x) < half ? sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / half)) : 0;
      total += row[tap];
    }
    return row.map((value) => value / total);
  });
}

class Recorder extends AudioWorkletProcessor {
  #ratio = sampleRate / RATE;
  #taps = tapsFor(this.#ratio);
  #half = this.#taps[0].length / 2;
  #waiting = new Float32Array(this.#half - 1); // silence before the first sample
  #at = this.#half - 1;
  #piece = new Int16Array(PIECE);
  #filled = 0;

  /** @param {Float32Array[][]} inputs @returns {boolean} whether more is wanted */
  process([[samples]]) {
    if (!samples) return true;
    const sound = new Float32Array(this.#waiting.length + samples.length);
    sound.set(this.#waiting);
    sound.set(samples, this.#waiting.length);
    while (Math.floor(this.#at) + this.#half + 1 < sound.length) {
      this.#put(this.#sample(sound));
      this.#at += this.#ratio;
    }
    const used = Math.floor(this.#at) - this.#half + 1;
    this.#waiting = sound.slice(used);
    this.#at -= used;
    return true;
  }

  /** @param {Float32Array} sound */
  #sample(sound) {
    let base = Math.floor(this.#at);
    let phase = Math.round((this.#at - base) * PHASES);
    if (phase === PHASES) [base, phase] = [base + 1, 0];
    const row = this.#taps[phase];
    let sum = 0;
    for (let tap = 0; tap < row.length; tap += 1) sum += row[tap] * sound[base - this.#half + 1 + tap];
    return sum;
  }

  /** @param {number} value between -1 and 1 */
  #put(value) {
    this.#piece[this.#filled++] = Math.max(-1, Math.min(1, value)) * 32767;
    if (this.#filled < PIECE) return;
    this.port.postMessage(this.#piece.buffer, [this.#piece.buffer]);
    this.#piece = new Int16Array(PIECE);
    this.#filled = 0;
  }
}

registerProcessor("recorder", Recorder);
