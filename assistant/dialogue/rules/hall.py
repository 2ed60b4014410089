"""The hall itself: when it is open, where it is, how one gets in. What is not published is said to be so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from assistant.dialogue.hall.questions import HallQuestion, hall_question
from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule import DialogueRule
from assistant.dialogue.state import DialogueState
from assistant.understanding.offices import office_of
from backend.client.calendar import CalendarClient
from backend.client.catalogue import CatalogueClient
from backend.contracts.replies import Choice

if TYPE_CHECKING:
    from assistant.actions.base import Events
    from assistant.actions.turn import TurnView

_NOT_ASKED = frozenset({"distress", "complaint", "person", "ask_several"})
_SURE = 0.6
"""Confidence from which a complaint or the wish for a person stands against words of opening hours."""
_WEEKDAYS = "一二三四五六日"
_TEXTS = {
    "hours": "answers.hours",
    "place": "answers.centre_place",
    "lunch": "hall.lunch",
    "way": "hall.way",
    "parking": "hall.parking",
    "booking": "hall.booking",
    "queue": "hall.queue",
    "phone": "hall.phone",
    "facility": "hall.facility",
}


class Hall(DialogueRule[HallQuestion]):
    """「你们几点上班」「中午休息吗」「周六能办吗」「要排队吗」「怎么走」「能停车吗」."""

    name = "hall"

    def match(self, message: DialogueMessage, state: DialogueState) -> HallQuestion | None:
        """Find what is asked about the hall."""
        if message.intent == "distress" or (message.intent in _NOT_ASKED and message.confidence >= _SURE):
            return None
        if office_of(message.text) is not None:
            return None
        return hall_question(
            message.text,
            message.today,
            item_named=message.named_item is not None,
            item_spoken_of=state.frame is not None,
        )

    async def answer(self, turn: TurnView, found: HallQuestion, state: DialogueState) -> tuple[DialogueState, Events]:
        """Tell what is published; about a day what the working calendar says of it."""
        from assistant.actions.backend import backend  # actions import the rules

        info = await backend(CatalogueClient).centre()
        centre = info.centre
        values: dict[str, Any] = {
            "hours": centre.office_hours,
            "address": centre.address,
            "centre": centre.name,
            "way": centre.how_to_get_there,
            "phone": centre.phone,
            "online": await _online(turn),
        }
        if found.day is not None:
            values |= {"said": found.day.said, "festival": found.day.festival}
        if found.day is not None and found.day.day is not None:
            opening = await backend(CalendarClient).open_day(found.day.day)
            values |= {"opening": opening, "on": _written(opening.day), "next": _written(opening.next_working_day)}
        name = "hall.day" if found.about == "day" or found.day is not None else _TEXTS[found.about]
        turn.say(name, topic="hall_service", about=turn.item, choices=_choices(turn), **values)
        return state, []


async def _online(turn: TurnView) -> str:
    """The item talked about, if it is confirmed that it can be done without coming."""
    from assistant.actions.backend import backend

    if turn.item is None:
        return ""
    item = (await backend(CatalogueClient).guide(turn.item)).item
    return item.plain_name if item.is_surely_online else ""


def _choices(turn: TurnView) -> list[Choice]:
    from assistant.actions.answer import facet_choices

    return facet_choices("", turn.item) if turn.item is not None and turn.asks_freely else []


def _written(day: date) -> str:
    return f"{day.month}月{day.day}日，星期{_WEEKDAYS[day.weekday()]}"
