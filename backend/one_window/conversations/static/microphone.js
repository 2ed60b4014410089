// The microphone: opened for one recording, closed after it. Its sound comes in pieces of 16 kHz and 16 bits.
import { byId, dataOf } from "/static/shell/elements.js";

/** @type {Record<string, string>} by the name of the browser's refusal */
const WHY = {
  NotAllowedError: "浏览器没有允许用话筒。请在浏览器的网站设置里允许话筒，再按「说话」；也可以打字。",
  NotFoundError: "没有找到话筒。请接上话筒再按「说话」，也可以打字。",
  NotReadableError: "话筒打不开，可能别的程序正在用。请关掉那个程序再试，也可以打字。",
};
const NOT_HERE = "这个浏览器在这里不能录音。请换一个浏览器，或者打字。";

/** What people read where there is no microphone. */
export class NoMicrophone extends Error {}

/** @param {(sound: ArrayBuffer) => void} take @param {() => void} ended the microphone was unplugged */
export async function openMicrophone(take, ended) {
  if (!navigator.mediaDevices || !globalThis.AudioWorkletNode) throw new NoMicrophone(NOT_HERE);
  const stream = await permitted(navigator.mediaDevices.getUserMedia({ audio: { channelCount: 1, echoCancellation: true, noiseSuppression: true } }));
  const context = new AudioContext();
  const close = () => {
    for (const track of stream.getTracks()) track.stop();
    if (context.state !== "closed") context.close();
  };
  try {
    await context.audioWorklet.addModule(dataOf(byId("composer"), "recorder"));
    await context.resume();
  } catch {
    close();
    throw new NoMicrophone(NOT_HERE);
  }
  const recorder = new AudioWorkletNode(context, "recorder");
  recorder.connect(context.destination); // it says nothing there; some browsers run only what leads to the loudspeaker
  recorder.port.addEventListener("message", ({ data }) => take(data));
  recorder.port.start();
  context.createMediaStreamSource(stream).connect(recorder);
  stream.getAudioTracks()[0].addEventListener("ended", ended);
  return { close };
}

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
async function permitted(promise) {
  try {
    return await promise;
  } catch (error) {
    throw new NoMicrophone((error instanceof Error && WHY[error.name]) || NOT_HERE);
  }
}
