"""What a rule that found nothing of its own leaves to others."""

from __future__ import annotations

from assistant.actions.answer import Answer
from assistant.actions.base import DaobanAction, Events
from assistant.actions.choose import Choose
from assistant.actions.status import CaseStatus
from assistant.actions.talk import Complaint, NotOurs, Person, Talk
from assistant.actions.turn import TurnView
from assistant.dialogue.order import ANSWERING
from assistant.dialogue.rule import first_match
from assistant.dialogue.state import DialogueState

_BY_INTENT: dict[str, type[DaobanAction]] = {
    "case_status": CaseStatus,
    "person": Person,
    "complaint": Complaint,
    "out_of_scope": NotOurs,
    **dict.fromkeys(("greeting", "thanks", "goodbye", "help", "abuse"), Talk),
    **dict.fromkeys(("affirm", "deny", "choose_worded"), Choose),
}
"""Actions of questions on their own; any other is a question about an item."""


async def pass_on(turn: TurnView, state: DialogueState, name: str) -> tuple[DialogueState, Events]:
    """Let the next rule after the one named answer that applies, else what answers a question on its own."""
    place = next(place for place, rule in enumerate(ANSWERING) if rule.name == name)
    rule = first_match(ANSWERING[place + 1 :], turn.message, state)
    if rule is None:
        return state, await _BY_INTENT.get(turn.intent, Answer)().act(turn)
    turn.rule = rule.name
    return await rule.answer(turn, rule.match(turn.message, state), state)
