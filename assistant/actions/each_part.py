"""One of several questions, as the rules of the dialogue answer it: with the facts that stand beside it, of what the others are about."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from assistant.actions.backend import backend
from assistant.actions.base import Events
from assistant.actions.rule import computed
from assistant.actions.turn import TurnView
from assistant.dialogue.computing import wanted
from assistant.dialogue.facts.answering import fill
from assistant.dialogue.facts.clauses import last_named
from assistant.dialogue.message import UNITS, DialogueMessage, points_back
from assistant.dialogue.rule import DialogueRule, first_match
from assistant.dialogue.rules.eligible import Eligible
from assistant.dialogue.rules.in_frame import AnswerByUnit, FollowUpRule, FoundUnits
from assistant.dialogue.rules.proxy import ProxyMay
from assistant.dialogue.state import Computed, DialogueState, Frame
from assistant.dialogue.units.holding import near_units
from assistant.understanding.index_holder import HOLDER
from backend.client.calculators import CalculatorsClient
from backend.contracts.facts import ME

_RULES: tuple[DialogueRule[Any], ...] = (Eligible(), ProxyMay(), FollowUpRule(), AnswerByUnit())
Told = tuple[DialogueState, Events, str]
"""The state after it, the events of the answer, and the item that it was about."""


async def answer_piece(view: TurnView, text: str, code: str | None, state: DialogueState) -> Told | None:
    """Say what a calculator or a rule makes of a piece; None, nothing said, where it is a question on its own.

    ``code``: the item that it or the pieces before it are about; None where only a figure goes before its policy answer.
    """
    message = replace(view.message, form=None, pending=None, text=text)
    done = await _computed(view, message, state)
    if done is not None or code is None or code not in HOLDER.current.entries:
        return done
    entry = HOLDER.current.entries[code]
    framed = state.about(Frame(id=code, item=code, name=entry.plain_name, topic=entry.topic))
    near = [asdict(one) for one in await near_units(code, text)]
    message = replace(message, parse={**message.parse, UNITS: near})
    rule = first_match(_RULES, message, framed)
    found = None if rule is None else rule.match(message, framed)
    if rule is None or found is None or (isinstance(found, FoundUnits) and _is_beside_the_point(found, text)):
        return None
    after, events = await rule.answer(view, found, framed)
    return after.model_copy(update={"frames": state.frames}), events, code


def _is_beside_the_point(found: FoundUnits, text: str) -> bool:
    """Whether the units only come near; what people trip over says of no question how it is done, a rule nothing of a story it does not know."""
    first = found.units[0]
    return found.marked or first.facet == "mistake" or (first.policy is not None and points_back(text))


async def _computed(view: TurnView, message: DialogueMessage, state: DialogueState) -> Told | None:
    """The result that a piece asks for, if what was told settles it: nothing is asked in the middle of several answers."""
    whose = last_named(message.text) or last_named(view.whole) or ME
    asked = wanted(message.text, message.id, message.today, state, whose)
    if asked is None:
        return None
    rule = await backend(CalculatorsClient).rule(asked.rule)
    events = await computed(view, rule, fill(rule.questions, asked.facts), asked.holder)
    if events is None or not rule.items:
        return None
    last = Computed(rule=asked.rule, holder=asked.holder, seq=state.seq, facts=tuple(asked.facts.values()))
    return state.model_copy(update={"computed": last}), events[1:], rule.items[0]
