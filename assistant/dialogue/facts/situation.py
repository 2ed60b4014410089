"""What the questions of a notice need not ask, because it was told before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.dialogue.facts.store import FactStore
from assistant.dialogue.state import DialogueState
from backend.contracts.facts import ME, Certainty, KnownFact
from backend.contracts.notices import SituationQuestion

_GOES = "goes_self"
"""Who comes to the hall is told by the speaker, for whomever it is."""


def facts_of_the_person(state: DialogueState, before: str = "") -> dict[str, KnownFact]:
    """What is known of the one who is talked about, and who comes. ``before``: id of a message whose facts do not count."""
    store = FactStore.holding(fact for fact in state.facts if not before or fact.said_in != before)
    own = store.of(ME)
    goes = {_GOES: own[_GOES]} if _GOES in own else {}
    return {**store.of(state.spoken_of), **goes}


def facts_told_now(state: DialogueState, message_id: str) -> dict[str, KnownFact]:
    """Who comes, as far as this message tells it."""
    own = FactStore.holding(fact for fact in state.facts if fact.said_in == message_id).of(ME)
    return {_GOES: own[_GOES]} if _GOES in own else {}


def known_situation(
    questions: Sequence[SituationQuestion], facts: Mapping[str, KnownFact]
) -> list[tuple[SituationQuestion, bool]]:
    """The answers that facts of the person give; what was only hedged is asked, and so is what speaks for both."""
    found = []
    for question in questions:
        yes, no = _holds(question.yes_if, facts), _holds(question.no_if, facts)
        if yes is not no:
            found.append((question, yes))
    return found


def _holds(any_of: Mapping[str, tuple[str, ...]], facts: Mapping[str, KnownFact]) -> bool:
    return any(
        fact in facts and facts[fact].exact in values and facts[fact].certainty is not Certainty.HEDGED
        for fact, values in any_of.items()
    )
