"""What is said in danger: the right number, to the person or to who is with them; at most one question, no menu, no blame."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk.executor import CollectingDispatcher

from assistant.actions.answer import by_decision
from assistant.actions.base import DaobanAction, Events, now_pending
from assistant.actions.danger_mode import FRAUD, OF_ONESELF, DangerMode
from assistant.actions.turn import TurnView
from assistant.replies.utterance import utterance_in
from assistant.understanding.danger_kinds import DangerKind, Whose
from backend.contracts.replies import DangerSeen, Handover, Outcome

WAGES = frozenset({"labour_supervision", "labour_contract", "arbitration"})
WAGE_WORDS = ("工资", "工钱", "欠薪", "血汗钱")


class Distress(DaobanAction):
    """Danger comes first. A form that is open is put aside, what was filled in is kept."""

    action_name: ClassVar[str] = "action_distress"

    async def act(self, turn: TurnView) -> Events:
        """What fits the danger, and whether it is new, stays or eases."""
        mode = turn.danger
        if mode.says == "business":
            return await _in_short(turn, mode)
        if mode.says == "eased":
            turn.say("danger.eased", outcome=Outcome.CHAT, line=mode.line)
            return []
        if mode.says == "stays":
            turn.say(_staying(mode), outcome=Outcome.CHAT, line=mode.line)
            return [now_pending(None)]
        about_wages = turn.decision.topic in WAGES or any(word in turn.text for word in WAGE_WORDS)
        topic = "labour_supervision" if about_wages else "hall_service"
        seen = DangerSeen(kind=mode.kind.value, whose=mode.whose.value)
        wanted = Handover(reason=f"danger_{mode.kind}", topic=topic, danger=seen)
        filling = turn.tracker.active_loop_name == "case_form"
        turn.say(name_of(mode), outcome=Outcome.HANDOVER, handover=wanted, topic=topic,
                 about_wages=about_wages and mode.kind not in FRAUD, filling=filling)  # fmt: skip
        return [now_pending(None)]


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


async def _in_short(turn: TurnView, mode: DangerMode) -> Events:
    """A question in the middle of danger: its answer in few words, and the number."""
    dispatcher = CollectingDispatcher()
    events = await by_decision(TurnView(turn.tracker, dispatcher), turn.intent)
    said = next(
        (found for found in (utterance_in(message) for message in dispatcher.messages) if found is not None), None
    )
    if said is None or said.understood.outcome is not Outcome.ANSWERED:
        turn.say("danger.stays_again", outcome=Outcome.CHAT, line=mode.line)
        return [now_pending(None)]
    turn.say("danger.business", about=said.understood.item, topic=said.understood.topic, text=said.plainly,
             line=mode.line)  # fmt: skip
    return events
