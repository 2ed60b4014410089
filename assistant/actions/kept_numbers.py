"""Numbers of people in a message, as they are named back: all of them, by kind, masked."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.actions.turn import TurnView
from assistant.replies.rendering import in_short
from backend.contracts.cases import Case
from backend.contracts.turns import Identifier


def numbers_named(numbers: Sequence[Identifier]) -> str:
    """「身份证号（530***********0018）、手机号（138****0001）」, each once; one that does not hold is only a number."""
    told = dict.fromkeys((one.kind if one.valid else "number", one.masked) for one in numbers)
    return in_short("talk.numbers_named", numbers=[{"kind": kind, "masked": masked} for kind, masked in told])


def tell_left_over(turn: TurnView, case: Case) -> None:
    """Name the numbers of the message that no field of the form took: they are kept, and nobody wonders where they went."""
    shown = [field.value for field in case.fields if field.value]
    whole = [one for one in turn.identifiers if one.kind != "number"]  # a part of one is awaited in the next message
    left = [one for one in whole if not any(one.masked in value for value in shown)]
    if left:
        turn.say("cases.numbers_left", about=case.item, numbers=numbers_named(left))
