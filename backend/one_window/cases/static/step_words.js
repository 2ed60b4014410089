// What a step says before it is done, and what its note is called; by the name of the step.

/** @type {Record<string, string>} */
export const HINTS = {
  accept: "受理后您就是这件的负责人。",
  request_supplement: "缺的一次要全，同一件不要分几次要。等补正期间时限暂停。",
  receive_supplement: "确认材料都补齐了，时限接着算。",
  approve: "申请人会看到您写的办理结果。",
  reject: "申请人会看到您写的理由。",
  refuse: "申请人会看到您写的理由。",
  deliver: "确认结果已经交到申请人手里。",
  propose_approval: "送另一位同事复核，复核通过以后申请人才看得到。",
  propose_rejection: "送另一位同事复核，复核通过以后申请人才看得到。",
  confirm: "复核通过，就按经办写的办，申请人会看到。经办写的是：",
  send_back: "只有同事看得到您写的。经办写的是：",
  transfer: "只有同事看得到您写的。申请人看得到换了负责人。转给综合窗口的，以后由他们决定。",
  withdraw: "申请人本人要求撤回的才撤回。",
};
/** @type {Record<string, string>} */
export const NOTES = {
  accept: "容缺受理的理由",
  approve: "办理结果",
  reject: "不予办理的理由和依据",
  refuse: "不予受理的理由和依据",
  propose_approval: "拟定的办理结果",
  propose_rejection: "不予办理的理由和依据",
  send_back: "为什么退回",
  transfer: "为什么转，要注意什么",
};
