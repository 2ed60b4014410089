// A case in a clerk's words (the backend's own words speak to the applicant).

export const STATES = {
  submitted: "等受理",
  accepted: "办理中",
  awaiting_supplement: "等补正",
  approved: "已办结",
  rejected: "不予办理",
  refused: "不予受理",
  delivered: "已送达",
  withdrawn: "已撤回",
};

export const OPEN = ["submitted", "accepted", "awaiting_supplement"];

/** Until when, for a row of the queue. */
export function dueOf(found) {
  return found.state === "awaiting_supplement" ? "等申请人补材料，时限暂停" : found.due_text;
}
