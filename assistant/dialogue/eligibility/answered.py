"""The answer to the one question of a verdict: a bare value counts for the fact that was asked for."""

from __future__ import annotations

from datetime import date

from assistant.dialogue.facts.reading import read_awaited
from assistant.dialogue.facts.told import Told
from assistant.dialogue.state import NEXT_MESSAGE, DialogueState, Judged
from backend.contracts.eligibility import fact_questions
from backend.contracts.facts import NO, YES, Certainty, FactKind, fact_list
from backend.language.dates import read_date
from backend.language.verb_answers import read_yes_no_to

LONGEST = 24
"""Characters: a longer message is read for what it tells, not as an answer."""


def is_asked(asked: Judged | None, state: DialogueState) -> bool:
    """Whether a verdict right before asked for a fact."""
    return asked is not None and asked.asks is not None and 0 < state.seq - asked.seq <= NEXT_MESSAGE


def answer_to(text: str, today: date, asked: Judged | None, state: DialogueState) -> Told | None:
    """What a message tells of the fact that was asked for right before it; None where it does not answer."""
    if asked is None or asked.asks is None or not is_asked(asked, state):
        return None
    fact = asked.asks
    told = next(
        (one for one in read_awaited(text, today, fact, asked.holder) if one.fact == fact and not one.hypothetical),
        None,
    )
    if told is not None or len(text) > LONGEST:
        return told
    value = _bare(text, fact, today)
    return None if value is None else Told(fact, value, value, asked.holder, Certainty.STATED, 0, len(text))


def _bare(text: str, fact: str, today: date) -> str | None:
    declared = fact_list()[fact]
    if declared.kind is FactKind.YES_NO:
        yes = read_yes_no_to(fact_questions()[fact].question, text)
        return None if yes is None else YES if yes else NO
    if declared.kind is FactKind.DAY:
        day = read_date(text, today)
        return None if day is None or not declared.holds(day.isoformat(), today) else day.isoformat()
    return None
