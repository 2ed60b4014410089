"""A first question about an item that asks for one thing: told by itself, under the name of what is answered."""

from __future__ import annotations

import asyncio

from assistant.actions.base import Events
from assistant.actions.turn import TurnView, plain_name
from assistant.dialogue.rules.in_frame import AnswerByUnit, FoundUnits
from assistant.dialogue.state import Frame
from assistant.dialogue.units.holding import near_unit, units_about
from assistant.dialogue.units.one_thing import CONSIDERED, may_ask_one_thing, one_thing
from assistant.understanding.decision import ITEM_SURE
from assistant.understanding.index_holder import HOLDER


async def tell_one_thing(turn: TurnView, intent: str, code: str) -> Events | None:
    """Tell what is asked of the item; None where its overview or the list that was asked for says more."""
    sure = turn.decision.confidence >= ITEM_SURE or turn.named_item() == code
    if not sure or not turn.asks_freely or not may_ask_one_thing(turn.text, intent):
        return None
    index = await units_about(code)
    found = one_thing(turn.text, intent, await asyncio.to_thread(index.near, turn.text, CONSIDERED))
    if not found:
        return None
    frame = Frame(id=code, item=code, name=plain_name(code), asked=intent)
    units = tuple(map(near_unit, found))
    policy = units[0].policy
    turn.lead_with(
        "dialogue.of_item", title=plain_name(code) if policy is None else HOLDER.current.answers[policy].title
    )
    _, events = await AnswerByUnit().answer(turn, FoundUnits(frame, units, marked=False), turn.state)
    return events
