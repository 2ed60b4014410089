// A case in a clerk's words (the backend's own words speak to the applicant).
import { dayOf } from "/static/shell/dates.js";

/** @type {Record<string, string>} */
export const STATES = {
  submitted: "等受理",
  accepted: "办理中",
  awaiting_supplement: "等补正",
  awaiting_review: "等复核",
  approved: "已办结",
  rejected: "不予办理",
  refused: "不予受理",
  delivered: "已送达",
  withdrawn: "已撤回",
};

export const OPEN = ["submitted", "accepted", "awaiting_supplement", "awaiting_review"];

/** @type {Record<string, string>} */
const TONES = { approved: "good", delivered: "good", refused: "bad", rejected: "bad", awaiting_supplement: "warn", awaiting_review: "warn" };

/** The look of a state's tag. @param {string} state */
export const toneOf = (state) => TONES[state] ?? "";

/** Until when, for a row of the queue. @param {{state: string, due_text: string}} found */
export function dueOf(found) {
  return found.state === "awaiting_supplement" ? "等申请人补材料，时限暂停" : found.due_text;
}

/** What tells two applicants of one name apart. @param {{id_end?: string, phone_end?: string, begun_at?: string | null}} found */
export function whoseOf(found) {
  const parts = [found.id_end && `证件尾号${found.id_end}`, found.phone_end && `手机尾号${found.phone_end}`, found.begun_at && `${dayOf(found.begun_at)}开始`];
  return parts.filter(Boolean).join("　");
}

/** One letter a step; a step that stands for another at items decided by two has the same. @type {Record<string, string>} */
export const STEP_KEYS = {
  accept: "a",
  request_supplement: "b",
  receive_supplement: "c",
  approve: "y",
  propose_approval: "y",
  confirm: "y",
  reject: "x",
  propose_rejection: "x",
  send_back: "e",
  refuse: "r",
  deliver: "d",
  transfer: "t",
  withdraw: "w",
  submit: "s",
};
