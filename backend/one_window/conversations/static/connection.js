// The socket to the conversation: opened with a fresh ticket each time, resumed after the last message held,
// tried again with growing pauses when it is lost.
import { call } from "/static/shell/api.js";

const FIRST_RETRY_INTERVAL_MS = 500;
const MAX_RETRY_INTERVAL_MS = 10000;

/** @typedef {import("/types/conversations/frames").FromBrowser} FromBrowser */
/** @typedef {import("/types/conversations/frames").ToBrowser} ToBrowser */

export class Connection {
  /** @param {{after: () => number, frame: (frame: ToBrowser) => void, sound: (wav: ArrayBuffer) => void, open: () => void, lost: (code: number) => void}} listener */
  constructor(listener) {
    this._listener = listener;
    /** @type {WebSocket | null} */
    this._socket = null;
    this._opening = false;
    this._retryInterval = FIRST_RETRY_INTERVAL_MS;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this._timer = undefined;
    addEventListener("online", () => this.open());
    addEventListener("offline", () => this.restart()); // else a dead line is noticed only when its next message is not confirmed
    document.addEventListener("visibilitychange", () => {
      if (!document.hidden) this.open();
    });
  }

  async open() {
    if (this._opening || this._socket) return;
    this._opening = true;
    clearTimeout(this._timer);
    try {
      /** @type {import("/types/api").SocketTicket} */
      const { ticket, url } = await call("/socket-tickets", { method: "POST", body: {} });
      this._attach(new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}&after=${this._listener.after()}`));
    } catch {
      this._lost(0);
    } finally {
      this._opening = false;
    }
  }

  /** Send a frame; false if there is no line at the moment. @param {FromBrowser} frame */
  send(frame) {
    return this._put(JSON.stringify(frame));
  }

  /** Send sound; what does not get through is lost. @param {ArrayBuffer} sound */
  sendSound(sound) {
    this._put(sound);
  }

  /** Give up a line on which nothing comes back, without waiting for the closing handshake of a dead one. */
  restart() {
    const socket = this._socket;
    if (!socket) return;
    this._lost(0);
    socket.close();
  }

  /** @param {string | ArrayBuffer} data */
  _put(data) {
    if (this._socket?.readyState !== WebSocket.OPEN) return false;
    this._socket.send(data);
    return true;
  }

  /** @param {WebSocket} socket */
  _attach(socket) {
    this._socket = socket;
    socket.binaryType = "arraybuffer";
    socket.addEventListener("open", () => {
      this._retryInterval = FIRST_RETRY_INTERVAL_MS;
      this._listener.open();
    });
    socket.addEventListener("message", ({ data }) => {
      if (typeof data === "string") this._listener.frame(JSON.parse(data));
      else this._listener.sound(data);
    });
    socket.addEventListener("close", (event) => {
      if (this._socket === socket) this._lost(event.code);
    });
  }

  /** @param {number} code why the line was closed; 0 where none was opened */
  _lost(code) {
    this._socket = null;
    this._listener.lost(code);
    clearTimeout(this._timer);
    this._timer = setTimeout(() => this.open(), this._retryInterval * (0.75 + Math.random() / 2)); // not everybody at once
    this._retryInterval = Math.min(this._retryInterval * 2, MAX_RETRY_INTERVAL_MS);
  }
}
