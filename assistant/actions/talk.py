"""Courtesies, a person, complaints, danger, other offices, saying it again, not understanding."""

from __future__ import annotations

from typing import Any, ClassVar

from assistant.actions.answer import answer, by_decision, say_whose
from assistant.actions.base import DaobanAction, Events
from assistant.actions.items import common_choices
from assistant.actions.turn import PAYLOAD, TurnView, hotline_of
from assistant.nlu.decision import Kind
from assistant.nlu.index_holder import HOLDER
from assistant.nlu.offices import says_ours
from assistant.wire import Handover, Outcome


class Talk(DaobanAction):
    """Greeting, thanks, goodbye, help, abuse answered calmly."""

    action_name: ClassVar[str] = "action_talk"

    async def act(self, turn: TurnView) -> Events:
        """One sentence; a greeting offers how to begin."""
        code = turn.named_item()
        if turn.intent != "abuse" and code is not None:
            return await answer(turn, "ask_guide", code)
        choices = common_choices() if turn.intent in {"greeting", "help"} else []
        turn.say(f"talk.{turn.intent}", choices=choices, outcome=Outcome.CHAT)
        return []


class Person(DaobanAction):
    """Somebody wants a person: who really answers."""

    action_name: ClassVar[str] = "action_person"

    async def act(self, turn: TurnView) -> Events:
        """The line of the item talked about."""
        number, name = hotline_of(turn.sure_item() or turn.item)
        entry = HOLDER.current.entries.get(turn.item or "")
        wanted = Handover(reason="person", topic=None if entry is None else entry.topic)
        turn.say("talk.person", outcome=Outcome.HANDOVER, handover=wanted, topic="hall_service", hotline=number,
                 hotline_name=name)  # fmt: skip
        return []


class Complaint(DaobanAction):
    """A complaint goes to people."""

    action_name: ClassVar[str] = "action_complaint"

    async def act(self, turn: TurnView) -> Events:
        """Where complaints are heard; a complaint about an employer is an item of ours."""
        if turn.decision.topic != "hall_service" and turn.decision.kind in {Kind.ITEM, Kind.ANSWER}:
            return await by_decision(turn, "ask_guide")
        wanted = Handover(reason="complaint", topic="hall_service")
        turn.say("talk.complaint", outcome=Outcome.HANDOVER, handover=wanted, topic="hall_service")
        return []


class Distress(DaobanAction):
    """Danger comes first."""

    action_name: ClassVar[str] = "action_distress"

    async def act(self, turn: TurnView) -> Events:
        """110, 120, a person."""
        wanted = Handover(reason="distress", topic="labour_supervision")
        turn.say("talk.distress", outcome=Outcome.HANDOVER, handover=wanted, topic="labour_supervision")
        return []


class NotOurs(DaobanAction):
    """Another office's matter: whose it is."""

    action_name: ClassVar[str] = "action_not_ours"

    async def act(self, turn: TurnView) -> Events:
        """Unless it is about something of ours after all: words of our field decide before the way it is asked."""
        if turn.decision.kind is Kind.NOT_OURS or not says_ours(turn.text):
            say_whose(turn)
            return []
        return await by_decision(turn, "ask_guide")


class Repeat(DaobanAction):
    """Says the last answer again."""

    action_name: ClassVar[str] = "action_repeat"

    async def act(self, turn: TurnView) -> Events:
        """The last thing we said, as it was."""
        for event in reversed(turn.tracker.events):
            payload = _payload(event)
            if payload is not None:
                turn.repeat(payload)
                return []
        turn.say("talk.nothing_to_repeat", choices=common_choices(), outcome=Outcome.CHAT)
        return []


class NotUnderstood(DaobanAction):
    """Nothing is close: say so, offer the nearest and a person."""

    action_name: ClassVar[str] = "action_not_understood"

    async def act(self, turn: TurnView) -> Events:
        """Never a guess."""
        return await by_decision(turn, "ask_guide")


def _payload(event: dict[str, Any]) -> dict[str, Any] | None:
    if event.get("event") != "bot":
        return None
    found: dict[str, Any] | None = ((event.get("data") or {}).get("custom") or {}).get(PAYLOAD)
    return found
