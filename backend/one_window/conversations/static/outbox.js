// What was said and is not stored by the server yet: a lost line or a closed page loses no words.
// One storage key for each message, so that two tabs never overwrite each other. Personal numbers stay in memory only.
import { mayHoldNumber } from "./privacy.js";

/** @typedef {import("/types/conversations/frames").CitizenFrame} CitizenFrame */

const PREFIX = "daoban.outbox.";
/** @type {Map<string, CitizenFrame>} */
const inMemory = new Map();

/** Keep a frame until `remove`. @param {CitizenFrame} frame */
export function add(frame) {
  inMemory.set(frame.message_id, frame);
  if (mayHoldNumber(textsOf(frame).join("\n"))) return;
  attempt((storage) => storage.setItem(PREFIX + frame.message_id, JSON.stringify({ at: Date.now(), frame })));
}

/** Whether something waits that a closed page would lose. */
export function holdsUnstored() {
  return [...inMemory.values()].some((frame) => mayHoldNumber(textsOf(frame).join("\n")));
}

/** @param {string} messageId */
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

/** Everything of a frame that somebody said. @param {CitizenFrame} frame */
function textsOf(frame) {
  return frame.type === "say" ? [frame.text, ...(frame.recognised?.alternatives ?? [])] : [frame.shown, frame.choice];
}

/** @param {Storage} storage */
function readAll(storage) {
  const keys = Object.keys(storage).filter((key) => key.startsWith(PREFIX));
  const found = keys.flatMap((key) => parse(storage.getItem(key) ?? "") ?? []);
  return found.sort((one, other) => one.at - other.at).map((kept) => kept.frame);
}

/** @param {string} text @returns {{at: number, frame: CitizenFrame} | null} */
function parse(text) {
  try {
    const kept = JSON.parse(text);
    return typeof kept?.frame?.message_id === "string" ? kept : null;
  } catch {
    return null; // not written by us
  }
}

/** A browser that forbids storage keeps messages until the page is closed. @template T @param {(storage: Storage) => T} action */
function attempt(action) {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
}
