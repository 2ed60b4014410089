// A reply's message as the page shows it: plain text, buttons, at most one card.
import type { CaseState, Notice, SupplementLine } from "/types/api";

export type Choice = { say: string; choice: string };

/** Where an answer comes from: an item's guide. */
export type GuideCard = { code: string; name: string; version: number; published_on: string; basis: string[] };

/** Where an answer comes from: a policy answer or a rule. */
export type AnswerCard = { title: string; basis: string; checked_on: string; to_confirm: string | null; item_name: string };

/** A case at a glance; nothing personal. */
export type CaseCard = {
  number_text: string | null;
  item_name: string;
  state: CaseState;
  state_text: string;
  due_text: string;
  owner: string | null;
  clocks?: { sentence: string }[];
  supplement: SupplementLine[];
  notice: string | null;
};

export type Card =
  | { kind: "guide"; guide: GuideCard }
  | { kind: "answer"; answer: AnswerCard }
  | { kind: "notice"; notice: Notice }
  | { kind: "case"; case: CaseCard };

export type WebContent = { text: string; choices: Choice[]; card: Card | null };
