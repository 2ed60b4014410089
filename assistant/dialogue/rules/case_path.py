"""What comes after a case was started: its supplement, taking it back, a remedy, the day of payment, where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.dialogue.case_path import (
    LONGEST_DAY,
    Appeal,
    Facet,
    Supplied,
    appeal_said,
    asks_pay_date,
    asks_withdrawal,
    case_path_words,
    day_told,
    status_asked,
    supplement_said,
    withdrawal_confirmed,
)
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from assistant.understanding.decision import Decision, Kind, decide
from assistant.understanding.offices import office_of
from backend.contracts.remedies import DecisionKind

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

ITSELF_ASKED = 0.75
"""Likeness from which a policy answer about this very question is better."""
NAMES_NOTHING = 8
"""Characters: 「钱几号发」 does not say which."""
LONGEST_IN_FORM = 15
"""Characters of a wish to withdraw that is no answer to a form's question."""


@dataclass(frozen=True, slots=True)
class Wish:
    """To take a case back (None), or the answer whether that is meant."""

    confirmed: bool | None


class Supplement(DialogueRule[Supplied]):
    """「要我补什么」「离职证明我拿到了」: what lacks, till when, where; what is told of it is kept for the clerk."""

    name = "supplement"

    def match(self, message: DialogueMessage, state: DialogueState) -> Supplied | None:
        """Find what is asked or told of a supplement."""
        if message.intent == "distress" or message.form is not None:
            return None
        awaited = state.awaited_words
        return supplement_said(message.text, awaited=awaited is not None and awaited.kind == "supplement")

    async def answer(self, turn: TurnView, found: Supplied, state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell it, or keep it; where no case of the conversation lacks anything, what would have answered else."""
        from assistant.actions import supplement  # actions import the rules

        told = await (supplement.keep if found == "tells" else supplement.tell)(turn, state)
        if told is not None:
            return told
        if found == "asks":
            return await supplement.tell_none(turn, state)
        return await _as_else(turn, state, self.name)


class Withdraw(DialogueRule[Wish]):
    """「我不办了，撤回」, and yes or no, in its own words, to our question whether it is meant."""

    name = "withdraw"
    leaves_form = True

    def match(self, message: DialogueMessage, state: DialogueState) -> Wish | None:  # noqa: ARG002
        """Find the wish or the answer."""
        if message.intent == "distress":
            return None
        confirmed = withdrawal_confirmed(message.text) if message.pending == "withdraw" else None
        if confirmed is not None:
            return Wish(confirmed)
        if message.form is not None and len(message.text) > LONGEST_IN_FORM:
            return None
        return Wish(None) if asks_withdrawal(message.text) else None

    async def answer(self, turn: TurnView, found: Wish, state: DialogueState) -> tuple[DialogueState, Events]:
        """Read back which case and ask; withdraw at an explicit yes; say why a decided one cannot be."""
        from assistant.actions import status

        if found.confirmed is None:
            events = await status.begin_withdrawal(turn)
            return (state, events) if events is not None else await _as_else(turn, state, self.name)
        return state, await status.answer_withdrawal(turn, yes=found.confirmed)


class AppealRule(DialogueRule[Appeal]):
    """「我不服」「不同意这个结果」「怎么申诉」「仲裁裁决昨天收到的，我不服」: what can be done, by when, where, with what."""

    name = "appeal"

    def match(self, message: DialogueMessage, state: DialogueState) -> Appeal | None:
        """Find it, or the day that we asked for; a policy answer about this very question goes before it."""
        if message.intent == "distress" or message.form is not None:
            return None
        awaited = state.awaited_words
        if awaited is not None and awaited.kind == "decision_day" and len(message.text) <= LONGEST_DAY:
            day = day_told(message.text, message.today)
            if day is not None:
                return Appeal(DecisionKind(awaited.about) if awaited.about else None, received_on=day)
        found = appeal_said(message.text, message.today)
        if found is None or found.received_on is not None:
            return found
        own = decide(message.ranking, "ask_guide")
        if office_of(message.text) is not None:
            return None
        itself = own.kind is Kind.ANSWER and own.confidence >= ITSELF_ASKED
        return None if itself and own.id not in case_path_words().appeal.instead_of else found

    async def answer(self, turn: TurnView, found: Appeal, state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell the remedies of the decided case, or of what was told in words."""
        from assistant.actions import appeal

        return await appeal.tell(turn, found, state)


class PayDate(DialogueRule[bool]):
    """「什么时候到账」「钱几号发」: the case first, then what is known; the day itself nobody published."""

    name = "pay_date"

    def match(self, message: DialogueMessage, state: DialogueState) -> bool | None:  # noqa: ARG002
        """Find the question; a policy answer about this very one goes before it."""
        if message.intent == "distress" or message.form is not None or not asks_pay_date(message.text):
            return None
        own = decide(message.ranking, "ask_guide")
        itself = own.kind is Kind.ANSWER and own.confidence >= ITSELF_ASKED
        return None if itself or _of_others(message, own) else True

    async def answer(self, turn: TurnView, found: bool, state: DialogueState) -> tuple[DialogueState, Events]:  # noqa: ARG002
        """Tell it of the case, or of the item that is meant."""
        from assistant.actions import pay_date

        return state, await pay_date.tell(turn, state)


class CaseStatusRule(DialogueRule[Facet]):
    """「办到哪一步了」「谁在办」「还要几天」: state, who has it, how long by the calendar."""

    name = "case_status"

    def match(self, message: DialogueMessage, state: DialogueState) -> Facet | None:  # noqa: ARG002
        """Find what is asked of a case; of an item that is named, how long it takes is another question."""
        if message.intent == "distress" or message.form is not None:
            return None
        asked = status_asked(message.text)
        return None if asked == "days" and message.named_item is not None and "我" not in message.text else asked

    async def answer(self, turn: TurnView, found: Facet, state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell it of the case; without one, what would have answered else, or look it up."""
        from assistant.actions import status

        events = await status.tell_facet(turn, found)
        return (state, events) if events is not None else await _as_else(turn, state, self.name)


def _of_others(message: DialogueMessage, own: Decision) -> bool:
    """Whether it is another office's matter; a short sentence names none, whatever it is taken for."""
    named = own.kind is Kind.NOT_OURS and len(message.text) > NAMES_NOTHING
    return named or office_of(message.text) is not None


async def _as_else(turn: TurnView, state: DialogueState, name: str) -> tuple[DialogueState, Events]:
    from assistant.actions.passing import pass_on

    return await pass_on(turn, state, name)
