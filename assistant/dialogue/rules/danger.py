"""What is said in danger: the right number, to the person or to who is with them; at most one question, no menu, no blame."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.danger_mode import FRAUD, OF_ONESELF, DangerMode
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.observing import watched
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from assistant.understanding.danger_kinds import DangerKind, Whose
from assistant.understanding.danger_words import is_surely_fraud
from assistant.understanding.decision import Kind
from backend.contracts.replies import DangerSeen, Handover, Outcome

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_FILE = Path(__file__).parents[1] / "data" / "danger.yaml"
WAGES = frozenset({"labour_supervision", "labour_contract", "arbitration"})
WAGE_WORDS = ("工资", "工钱", "欠薪", "血汗钱", "不给钱", "不发钱", "拿不到钱")


class DangerTalk(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    names_card: re.Pattern[str]
    asks_for_card: re.Pattern[str]


@lru_cache(maxsize=1)
def danger_talk() -> DangerTalk:
    """The words, checked."""
    return DangerTalk.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


class _Danger(DialogueRule[DangerMode]):
    """What the rules of danger have in common: the mode after the message decides; an open form is put aside, kept."""

    leaves_form = True
    says: ClassVar[frozenset[str]]

    def match(self, message: DialogueMessage, state: DialogueState) -> DangerMode | None:
        """Find the mode after the message, where it is for this rule."""
        mode = watched(state, message).danger
        return mode if mode.says in self.says else None


class DangerNew(_Danger):
    """Danger that was not heard before, or a graver one: the numbers for it, staff are told."""

    name = "danger_new"
    says = frozenset({"new"})

    async def answer(self, turn: TurnView, found: DangerMode, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say what fits the kind and whose it is."""
        from assistant.actions.base import now_pending  # actions import the rules

        clearly = turn.decision.kind in {Kind.ITEM, Kind.ANSWER}  # what is only guessed at is not said to whom it hurts
        about_wages = (clearly and turn.decision.topic in WAGES) or any(word in turn.text for word in WAGE_WORDS)
        topic = "labour_supervision" if about_wages else "hall_service"
        seen = DangerSeen(kind=found.kind.value, whose=found.whose.value)
        wanted = Handover(reason=f"danger_{found.kind}", topic=topic, danger=seen)
        filling = turn.tracker.active_loop_name == "case_form"
        turn.say(name_of(found), outcome=Outcome.HANDOVER, handover=wanted, topic=topic,
                 about_wages=about_wages and found.kind not in FRAUD, filling=filling,
                 surely=is_surely_fraud(turn.text), about_card=danger_talk().names_card.search(turn.text))  # fmt: skip
        return state, [now_pending(None)]


class DangerCard(DialogueRule[DangerMode]):
    """「卡停没停」「卡还能用吗」 after a fraud: we stop no card by telephone; where its state is seen."""

    name = "danger_card"
    leaves_form = True

    def match(self, message: DialogueMessage, state: DialogueState) -> DangerMode | None:
        """Find the mode, where a fraud was told of and the message asks for the card, without a sign of its own."""
        mode = watched(state, message).danger
        if mode.mode != "danger" or mode.kind not in FRAUD or mode.says == "new":
            return None
        return mode if danger_talk().asks_for_card.search(message.text) else None

    async def answer(self, turn: TurnView, found: DangerMode, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say it; money that is gone comes first."""
        from assistant.actions.base import now_pending  # actions import the rules

        turn.say("danger.card", topic="social_card", paid=found.kind is DangerKind.FRAUD_PAID)
        return state, [now_pending(None)]


class DangerBusiness(_Danger):
    """A question in the middle of danger, or with the word that it has eased: answered as ever, a line of care before it."""

    name = "danger_business"
    leaves_form = False
    goes_on = True
    leads = True
    says = frozenset({"business", "eased_business"})

    async def answer(self, turn: TurnView, found: DangerMode, state: DialogueState) -> tuple[DialogueState, Events]:
        """Begin the answer with it."""
        turn.lead_with("danger.eased_beside" if found.says == "eased_business" else "danger.beside", line=found.line)
        return state, []


class DangerStays(_Danger):
    """In danger everything else is answered by staying with the person, until it eases; no menu."""

    name = "danger_stays"
    says = frozenset({"stays", "eased"})

    async def answer(self, turn: TurnView, found: DangerMode, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say a line with the number; once it has eased, that it is well and goes on."""
        from assistant.actions.base import now_pending  # actions import the rules

        name = "danger.eased" if found.says == "eased" else _staying(found)
        turn.say(name, outcome=Outcome.CHAT, line=found.line)
        return state, [now_pending(None)]


class DangerSoft(_Danger):
    """Somebody may be in need: what they ask is answered, one caring line with a number stands beside it, once."""

    name = "danger_soft"
    leaves_form = False
    goes_on = True
    says = frozenset({"care"})

    async def answer(self, turn: TurnView, found: DangerMode, state: DialogueState) -> tuple[DialogueState, Events]:
        """Say it, unless the answer ends in a question of ours, which would be lost above it."""
        if not turn.awaits:
            turn.say("danger.care", outcome=Outcome.CHAT, line=found.line)
        return state, []


def name_of(mode: DangerMode) -> str:
    """The text for a kind, and for whose it is where that differs."""
    if mode.kind in OF_ONESELF:
        acting = mode.kind is DangerKind.PLAN
        if mode.whose is Whose.OTHER:
            return "danger.relative_acting" if acting else "danger.relative"
        return "danger.plan" if acting else "danger.thought"
    if mode.kind is DangerKind.DOMESTIC and mode.whose is Whose.OTHER:
        return "danger.domestic_other"
    return f"danger.{mode.kind}"


def _staying(mode: DangerMode) -> str:
    """Never the same twice running; the question whether somebody is there is asked once."""
    if mode.kind in FRAUD:
        return "danger.stays_fraud" if mode.stays % 2 else "danger.stays_fraud_again"
    if mode.stays == 1:
        return "danger.stays"
    return "danger.stays_again" if mode.stays % 2 == 0 else "danger.stays_on"
