// The socket to the conversation: opened with a fresh ticket each time, resumed after the last message held,
// tried again with growing pauses when it is lost.
import { call } from "/static/shell/api.js";

const FIRST_RETRY_INTERVAL_MS = 500;
const MAX_RETRY_INTERVAL_MS = 10000;

/** @typedef {import("/types/conversations/frames").FromBrowser} FromBrowser */
/** @typedef {import("/types/conversations/frames").ToBrowser} ToBrowser */

export class Connection {
  /** @type {WebSocket | null} */
  #socket = null;
  #opening = false;
  #retryInterval = FIRST_RETRY_INTERVAL_MS;
  #timer = 0;
  #listener;

  /** @param {{after: () => number, frame: (frame: ToBrowser) => void, sound: (wav: ArrayBuffer) => void, open: () => void, lost: (code: number) => void}} listener */
  constructor(listener) {
    this.#listener = listener;
    addEventListener("online", () => this.open());
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.open();
    });
  }

  async open() {
    if (this.#opening || this.#socket) return;
    this.#opening = true;
    clearTimeout(this.#timer);
    try {
      /** @type {import("/types/api").SocketTicket} */
      const { ticket, url } = await call("/socket-tickets", { method: "POST", body: {} });
      this.#attach(new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}&after=${this.#listener.after()}`));
    } catch {
      this.#lost(0);
    } finally {
      this.#opening = false;
    }
  }

  /** Send a frame; false if there is no line at the moment. @param {FromBrowser} frame */
  send(frame) {
    return this.#put(JSON.stringify(frame));
  }

  /** Send sound; what does not get through is lost. @param {ArrayBuffer} sound */
  sendSound(sound) {
    this.#put(sound);
  }

  /** Give up a line on which nothing comes back. */
  restart() {
    this.#socket?.close();
  }

  /** @param {string | ArrayBuffer} data */
  #put(data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    return true;
  }

  /** @param {WebSocket} socket */
  #attach(socket) {
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      this.#retryInterval = FIRST_RETRY_INTERVAL_MS;
      this.#listener.open();
    });
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") this.#listener.frame(JSON.parse(data));
      else this.#listener.sound(data);
    });
    socket.addEventListener("close", (event) => this.#lost(event.code));
  }

  /** @param {number} code why the line was closed; 0 where none was opened */
  #lost(code) {
    this.#socket = null;
    this.#listener.lost(code);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), this.#retryInterval * (0.75 + Math.random() / 2)); // not everybody at once
    this.#retryInterval = Math.min(this.#retryInterval * 2, MAX_RETRY_INTERVAL_MS);
  }
}
