"""What a message changes of what was answered before: said aloud before the new result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from assistant.dialogue.facts.answering import echo
from assistant.dialogue.facts.whose import meant_instead
from backend.contracts.facts import KnownFact, holder_list

if TYPE_CHECKING:
    from assistant.actions.turn import TurnView


def taken_back(
    before: Iterable[KnownFact], now: Mapping[str, KnownFact], kept: Iterable[KnownFact], message_id: str
) -> list[str]:
    """The facts that a result stood on and that a message states otherwise, as they were; a supposition changes none."""
    stated = {(fact.holder, fact.fact) for fact in kept if fact.said_in == message_id}
    changed = [
        old
        for old in before
        if (new := now.get(old.fact)) is not None
        and (new.holder, new.fact) in stated
        and (new.least, new.most) != (old.least, old.most)
    ]
    return echo(changed)


def lead_with_changes(turn: TurnView, before: Iterable[KnownFact], now: Mapping[str, KnownFact]) -> None:
    """Begin the answer with what is changed; nothing where nothing is."""
    instead = meant_instead(turn.text)
    if instead is not None:
        turn.lead_with("dialogue.changed_holder", whose=holder_list()[instead].name)
        return
    was = taken_back(before, now, turn.state.facts, turn.message.id)
    if was:
        turn.lead_with("dialogue.changed", was=was)
