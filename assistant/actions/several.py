"""Several questions in one message: all of them are answered, up to three."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from assistant.actions.answer import REPLIES, answer, by_decision, tell_answer
from assistant.actions.base import DaobanAction, Events
from assistant.actions.turn import TurnView
from assistant.dialogue.message import NAMED
from assistant.understanding.decision import ANSWER_SURE, Decision, Kind, decide
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_linker import CANDIDATES
from assistant.understanding.ranking import EMPTY, SUBJECTS, Ranking
from assistant.understanding.several import MAX_QUESTIONS

SEVERAL, CORRECTION = "ask_several", "correct_item"
COURTESIES = frozenset({"greeting", "thanks", "goodbye", "abuse"})
"""A question may come along with them: 「谢谢，那要多久呢」."""
SURE = 0.4
"""An intent this probable is what a piece asks."""
SHORT = 9
"""Characters: 「要多久」 asks of the item named elsewhere."""


@dataclass(frozen=True, slots=True)
class Piece:
    """What one piece of a message asks (intent) and of what (an item, a policy answer, or what the others are about)."""

    intent: str
    item: str | None
    decision: Decision
    clear: bool

    @classmethod
    def of(cls, parsed: Mapping[str, Any]) -> Piece:
        """From Rasa's parse of the piece."""
        intent = str(parsed["intent"].get("name") or "")
        named = [c["code"] for c in parsed.get(CANDIDATES) or () if c["how"] != "like" and c["confidence"] >= NAMED]
        ranking = Ranking.from_output(parsed[SUBJECTS]) if SUBJECTS in parsed else EMPTY
        decision = decide(ranking, intent if intent in REPLIES else "ask_guide")
        sure = intent in REPLIES and parsed["intent"].get("confidence", 0.0) >= SURE
        facet = sure and intent != "ask_guide" and len(parsed["text"]) <= SHORT
        policy = decision.kind is Kind.ANSWER and decision.confidence >= ANSWER_SURE
        return cls(intent, named[0] if named else None, decision, policy or facet or (sure and bool(named)))

    @property
    def about(self) -> tuple[str, str | None]:
        """What tells it from another piece."""
        if self.decision.kind is Kind.ANSWER and (self.item is None or self.decision.confidence >= ANSWER_SURE):
            return "answer", self.decision.id
        return self.intent, self.item


def asks_several(whole: Mapping[str, Any], parts: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a message is to be answered piece by piece: two clear questions, and no rule question as a whole."""
    clear = [piece for piece in map(Piece.of, parts) if piece.clear]
    if len({piece.about for piece in clear}) < MAX_QUESTIONS - 1:
        return False
    decision = Piece.of({**whole, "text": whole.get("text") or ""}).decision
    asked_before = {piece.decision.id for piece in clear if piece.decision.kind is Kind.ANSWER}
    return decision.kind is not Kind.ANSWER or decision.id in asked_before or len({p.item for p in clear if p.item}) > 1


class AnswerSeveral(DaobanAction):
    """Answers every question of the message, the last answer with the buttons."""

    action_name: ClassVar[str] = "action_answer_several"

    async def act(self, turn: TurnView) -> Events:
        """One message a question."""
        asked = _distinct(turn.parts)[:MAX_QUESTIONS]
        code = next((piece.item for _, piece in asked if piece.item), None) or turn.sure_item() or turn.item
        events: Events = []
        for place, (view, piece) in enumerate(asked, 1):
            last = place == len(asked)
            code = piece.item or code
            if piece.about[0] == "answer" and piece.decision.id in HOLDER.current.answers:
                events = await tell_answer(view, str(piece.decision.id), buttons=last)
            elif code is not None:
                events = await answer(view, piece.intent, code, buttons=last)
            else:
                return await by_decision(turn, piece.intent)
        return events


def _distinct(parts: Sequence[TurnView]) -> list[tuple[TurnView, Piece]]:
    found: dict[tuple[str, str | None], tuple[TurnView, Piece]] = {}
    for view in parts:
        piece = Piece.of(view.heard)
        if piece.clear:
            found.setdefault(piece.about, (view, piece))
    return list(found.values())
