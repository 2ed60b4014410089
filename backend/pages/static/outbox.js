// What was said and is not stored yet, kept on this device until the server has it: a lost line loses no words.
const KEY = "outbox";

function read() {
  try {
    return JSON.parse(localStorage.getItem(KEY) || "[]");
  } catch {
    return [];
  }
}

function write(frames) {
  try {
    localStorage.setItem(KEY, JSON.stringify(frames));
  } catch {
    /* a browser that forbids storage keeps them until the page is closed */
  }
}

let frames = read();

export const outbox = {
  all: () => [...frames],
  add(frame) {
    frames.push(frame);
    write(frames);
  },
  remove(messageId) {
    frames = frames.filter((frame) => frame.message_id !== messageId);
    write(frames);
  },
};
