// Events as they happen, resumed after the last one seen; tried again with growing pauses.

const FIRST_PAUSE = 500;
const MAX_PAUSE = 10000;

/** @typedef {import("/types/api").Event} Happened */

/**
 * @param {{kinds: string, event: (event: Happened) => void, open: () => void, lost: () => void}} listener
 *   kinds: what the page wants to hear of, with commas between; the backend leaves out what does not concern its reader
 */
export function follow(listener) {
  /** @type {number | null} */
  let last = null;
  let pause = FIRST_PAUSE;
  const open = () => {
    const address = new URL("/events/stream", location.href);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("kinds", listener.kinds);
    if (last !== null) address.searchParams.set("after", String(last));
    const socket = new WebSocket(address);
    socket.addEventListener("open", () => {
      pause = FIRST_PAUSE;
      listener.open();
    });
    socket.addEventListener("message", (message) => {
      /** @type {Happened} */
      const event = JSON.parse(message.data);
      last = event.id;
      listener.event(event);
    });
    socket.addEventListener("close", () => {
      listener.lost();
      setTimeout(open, pause * (0.75 + Math.random() / 2));
      pause = Math.min(pause * 2, MAX_PAUSE);
    });
  };
  open();
}
