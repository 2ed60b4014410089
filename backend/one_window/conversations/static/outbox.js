// What was said and is not stored by the server yet: a lost line or a closed page loses no words.
// One storage key for each message, so that two tabs never overwrite each other. Personal numbers stay in memory only.
import { mayHoldNumber } from "./privacy.js";

const PREFIX = "daoban.outbox.";
const inMemory = new Map();

/** Keep a frame until `remove`. @param {{message_id: string, text?: string, shown?: string, choice?: string}} frame */
export function add(frame) {
  inMemory.set(frame.message_id, frame);
  if (mayHoldNumber(`${frame.text ?? ""}\n${frame.shown ?? ""}\n${frame.choice ?? ""}\n${(frame.recognised?.alternatives ?? []).join("\n")}`)) return;
  attempt((storage) => storage.setItem(PREFIX + frame.message_id, JSON.stringify({ at: Date.now(), frame })));
}

export function remove(messageId) {
  inMemory.delete(messageId);
  attempt((storage) => storage.removeItem(PREFIX + messageId));
}

/** Frames of this tab and of closed or other ones, oldest first. */
export function all() {
  const stored = attempt(readAll) ?? [];
  const others = stored.filter((frame) => !inMemory.has(frame.message_id));
  return [...others, ...inMemory.values()];
}

function readAll(storage) {
  const keys = Object.keys(storage).filter((key) => key.startsWith(PREFIX));
  const found = keys.map((key) => parse(storage.getItem(key))).filter((kept) => kept !== null);
  return found.sort((one, other) => one.at - other.at).map((kept) => kept.frame);
}

function parse(text) {
  try {
    const kept = JSON.parse(text);
    return typeof kept?.frame?.message_id === "string" ? kept : null;
  } catch {
    return null; // not written by us
  }
}

/** A browser that forbids storage keeps messages until the page is closed. */
function attempt(action) {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
}
