// Cards in the conversation, each drawn by the feature it belongs to.
import { drawCaseCard } from "/static/cases/case_card.js";
import { drawNotice } from "/static/notices/notice_card.js";
import { drawAnswer, drawGuide } from "./source_cards.js";

/** A card, or nothing for a kind this page does not know. @param {import("/types/conversations/frames").Card} card */
export function drawCard(card) {
  switch (card.kind) {
    case "guide":
      return drawGuide(card.guide);
    case "answer":
      return drawAnswer(card.answer);
    case "notice":
      return drawNotice(card.notice);
    case "case":
      return drawCaseCard(card.case);
    default:
      return null;
  }
}
