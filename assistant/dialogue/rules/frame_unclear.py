"""Not understood while an item is talked about: of what we spoke, what comes nearest to it, and the way to a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.dialogue.computing import RERUN_MESSAGES
from assistant.dialogue.follow_up import goes_back
from assistant.dialogue.message import DialogueMessage, NearUnit, topic_of
from assistant.dialogue.other_body import office_asked_for
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.rules.in_frame import (
    OTHER_SURE,
    WHOLE_LIST,
    brings_a_deed,
    is_elsewhere,
    may_go_on,
    says_what_about,
    told_by_item,
)
from assistant.dialogue.state import DialogueState, Frame
from assistant.understanding.decision import Decision, Kind, decide
from assistant.understanding.offices import says_ours
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.replies import Choice, Outcome

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

FEW_WORDS = 12
"""Characters in which a sentence may well be about the frame although another item is likelier."""
SHOWN = 0.15
"""From this chance on a unit is worth being shown."""
MOST_SHOWN = 3
OTHER_TOPIC = 0.45
"""A topic of its own this probable begins another subject."""
OF_THE_FRAME = 0.3
"""A unit with this chance speaks against that."""
NOT_OURS_SURE = 0.5
LIKELY_INTENT = 0.22
"""Confidence from which on what is asked is believed where the sentence is not clearly about the frame's item."""


@dataclass(frozen=True, slots=True)
class UnclearInFrame:
    """What was talked about, the units that come nearest, best first, and the other item that the sentence alone would be about."""

    frame: Frame
    near: tuple[NearUnit, ...]
    other: str | None


class FrameUnclear(DialogueRule[UnclearInFrame]):
    """A detail of what is talked about that nothing answers: no list of items, no overview of what is known already."""

    name = "frame_unclear"

    def match(self, message: DialogueMessage, state: DialogueState) -> UnclearInFrame | None:
        """Find that the message goes on about the frame, and that neither an item's reply nor another subject answers it."""
        frame = state.frame
        if frame is None or frame.item is None or state.seq - frame.seq > RERUN_MESSAGES or message.form is not None:
            return None
        if not may_go_on(message) or is_elsewhere(message) or goes_back(message.text) or says_what_about(message):
            return None
        if message.named_item not in {None, frame.item} or brings_a_deed(message, frame):
            return None
        own = decide(message.ranking, message.intent if message.intent.startswith("ask_") else "ask_guide")
        if _is_told(message, frame, own) or not _goes_on(message, frame, own):
            return None
        other = str(own.id) if own.kind is Kind.ITEM and own.id != frame.item else None
        return UnclearInFrame(frame, tuple(one for one in message.near if one.chance >= SHOWN)[:MOST_SHOWN], other)

    async def answer(self, turn: TurnView, found: UnclearInFrame, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say what was not clear and show what comes nearest; a person instead of the third time."""
        from assistant.actions.answer import facet_choices
        from assistant.actions.items import hand_over, is_lost, now_about, offer_name
        from assistant.actions.turn import hotline_of
        from assistant.dialogue.units.holding import units_about

        code = str(found.frame.item)
        if is_lost(turn):
            hand_over(turn)
            return state, []
        known = {unit.id: unit for unit in (await units_about(code)).units}
        offered = [ChoiceValue(ChoiceKind.POLICY_ANSWER, one.policy) for one in found.near if one.policy is not None]
        if found.other is not None:
            offered.append(ChoiceValue(ChoiceKind.ITEM, found.other))
        choices = [Choice(say=offer_name(choice), choice=choice) for choice in offered]
        turn.say(
            "dialogue.frame_unclear",
            choices=[*choices, *facet_choices("", code)] if turn.asks_freely else [],
            about=code,
            outcome=Outcome.NOT_UNDERSTOOD,
            item_name=found.frame.name,
            asks=turn.message.asks,
            lines=[known[one.id].told for one in found.near if one.policy is None and one.id in known],
            titles=[choice.say for choice in choices],
            hotline=hotline_of(code)[0],
        )
        return state, now_about(turn, code, found.frame.asked)


def _is_told(message: DialogueMessage, frame: Frame, own: Decision) -> bool:
    """Whether the item's own reply to such a question is what is wanted."""
    if WHOLE_LIST.search(message.text):
        return True
    return told_by_item(message, 0.0 if own.id == frame.item else LIKELY_INTENT)


def _goes_on(message: DialogueMessage, frame: Frame, own: Decision) -> bool:
    """Whether the sentence alone is about nothing surer than the frame."""
    if office_asked_for(message.text) is not None:
        return False
    nearest = message.near[0].chance if message.near else 0.0
    match own.kind:
        case Kind.ANSWER:
            return False
        case Kind.ITEM:
            few = len(message.text) <= FEW_WORDS and own.confidence < OTHER_SURE
            return message.asks and (own.id == frame.item or few)
        case Kind.NOT_OURS:
            sure = message.intent == "out_of_scope" and message.confidence >= NOT_OURS_SURE
            return not sure or nearest >= OF_THE_FRAME
    if own.topic in {None, topic_of(frame, message)}:
        return True
    other = message.ranking.topics.get(str(own.topic), 0.0) >= OTHER_TOPIC or says_ours(message.text)
    return not other or nearest >= OF_THE_FRAME
