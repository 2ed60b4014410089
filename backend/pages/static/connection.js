// The socket to the conversation: opened with a fresh ticket, resumed after the last message, tried again with growing pauses.
import { call } from "./api.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 10000;

export class Connection {
  /** @param {{frame: (frame: object) => void, state: (open: boolean) => void, after: () => number}} listener */
  constructor(listener) {
    this.listener = listener;
    this.pause = FIRST_PAUSE;
    this.socket = null;
    addEventListener("online", () => this.open());
    this.open();
  }

  get isOpen() {
    return this.socket !== null && this.socket.readyState === WebSocket.OPEN;
  }

  async open() {
    if (this.opening || this.isOpen) return;
    this.opening = true;
    clearTimeout(this.timer);
    try {
      const { ticket, url } = await call("/socket-tickets", { method: "POST", body: {} });
      const socket = new WebSocket(`${url}?ticket=${encodeURIComponent(ticket)}&after=${this.listener.after()}`);
      socket.addEventListener("open", () => {
        this.pause = FIRST_PAUSE;
        this.listener.state(true);
      });
      socket.addEventListener("message", (event) => this.listener.frame(JSON.parse(event.data)));
      socket.addEventListener("close", () => this.lost());
      this.socket = socket;
    } catch {
      this.lost();
    } finally {
      this.opening = false;
    }
  }

  send(frame) {
    if (this.isOpen) this.socket.send(JSON.stringify(frame));
    return this.isOpen;
  }

  lost() {
    this.socket = null;
    this.listener.state(false);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), this.pause);
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
  }
}
