"""Reads the facts of a message: ``read_facts`` everything it tells, ``read_awaited`` the answer to a question about one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from assistant.dialogue.facts.clauses import Clause, clauses, sex_of
from assistant.dialogue.facts.leaving import with_reason
from assistant.dialogue.facts.measured import ages, days, grades, left_of_benefit, miscarriages, spans
from assistant.dialogue.facts.told import Told
from assistant.dialogue.facts.wages import wages
from assistant.dialogue.facts.words import contexts, word_patterns
from backend.contracts.facts import ME, NO, YES, Certainty, FactKind, fact_list
from backend.language.alternatives import any_of
from backend.language.durations import read_span
from backend.language.months import read_month
from backend.language.quantities import read_amount, read_money
from backend.language.script import simplified
from backend.language.text import tidy
from backend.language.yes_no import read_yes_no

_WHAT_IF = re.compile(r"那?[^我，,。]{1,10}呢[?？]?")
"""「女的呢」 asks what would be; nobody says that they are."""
_OPPOSITE = {YES: NO, NO: YES}
_DONE = re.compile(r"[了的过我]")
READ_LATELY = 16
"""Readings kept: of the last few messages, personal numbers being placeholders in them."""
_BABIES = {"双胞胎": "2", "龙凤胎": "2", "三胞胎": "3"}


def read_facts(text: str, today: date, holder: str = ME) -> list[Told]:
    """Every fact that is told, in the order of the text, each once per holder; ``holder``: whom the talk is about."""
    return list(_read(simplified(tidy(text)), today, holder))


@lru_cache(maxsize=READ_LATELY)
def _read(plain: str, today: date, holder: str) -> tuple[Told, ...]:
    """Every rule asks for the facts of the same message, when it is looked for and when it answers: they are read once."""
    found: list[Told] = []
    parts = clauses(plain, holder)
    for clause in parts:
        told_here = _of_clause(clause, today)
        found += [replace(told, start=told.start + clause.start, end=told.end + clause.start) for told in told_here]
    found = [*with_reason(found, parts), *left_of_benefit(plain, holder)]
    if not any(told.fact == "maternity" and told.least != "birth" for told in found):
        found += miscarriages(plain, holder)
    found = [told for told in [*found, *wages(parts)] if told.fact not in fact_list() or _holds(told, today)]
    if _WHAT_IF.fullmatch(plain):
        found = [replace(told, hypothetical=True) for told in found]
    return tuple(_latest(_with_sexes(plain, found, holder)))


def read_awaited(text: str, today: date, fact: str, holder: str = ME) -> list[Told]:
    """The facts of an answer to a question about ``fact``: a bare value counts for it."""
    found = read_facts(text, today, holder)
    if any(told.fact == fact for told in found):
        return found
    value = _bare(simplified(tidy(text)).strip("。，,.!！ "), fact, today)
    if value is None:
        return found
    told = Told(fact, value, value, holder, Certainty.STATED, 0, len(text))
    return [*found, told] if _holds(told, today) else found


def _of_clause(clause: Clause, today: date) -> Iterator[Told]:
    if clause.claim:
        return
    yield from _worded(clause)
    yield from spans(clause)
    yield from days(clause, today)
    yield from ages(clause, today)
    yield from grades(clause)
    for word, count in _BABIES.items():
        place = clause.text.find(word)
        if place >= 0:
            yield Told("babies", count, count, clause.holder, Certainty.STATED, place, place + len(word),
                       hypothetical=clause.hypothetical)  # fmt: skip


def _worded(clause: Clause) -> Iterator[Told]:
    """Values told in words: the first pattern of a fact wins where two overlap."""
    taken: list[tuple[str, int, int]] = []
    for known in word_patterns():
        for found in known.pattern.finditer(clause.text):
            start, end = found.span()
            if any(fact == known.fact and start < e and s < end for fact, s, e in taken):
                continue
            taken.append((known.fact, start, end))
            value: str | None = known.value
            if _asks().search(clause.text[max(start - 4, 0) : start]):
                continue
            if _denied().search(clause.text[max(start - 3, 0) : start]):
                value = _OPPOSITE.get(known.value)
            if value is None:
                continue
            supposed = known.hypothetical_if_asked and clause.asked and not _DONE.search(clause.text[start : end + 1])
            certainty = Certainty.HEDGED if clause.hedged else known.certainty
            holder = ME if known.fact == "goes_self" else clause.holder
            yield Told(known.fact, value, value, holder, certainty, start, end,
                       hypothetical=clause.hypothetical or supposed)  # fmt: skip


def _with_sexes(text: str, found: list[Told], holder: str) -> list[Told]:
    """「我妹」 is a woman: the sex that follows from who somebody is."""
    known = {(told.holder, told.fact) for told in found}
    whom = dict.fromkeys([clause.holder for clause in clauses(text, holder)])
    more = [
        Told("sex", sex, sex, who, Certainty.STATED, 0, 0)
        for who in whom
        if (sex := sex_of(who)) is not None and (who, "sex") not in known
    ]
    return [*found, *more]


def _latest(found: list[Told]) -> list[Told]:
    """Of one fact of one holder the last that is said; a stated one before a hedged one."""
    kept: dict[tuple[str, str], Told] = {}
    for told in found:
        key = (told.holder, told.fact)
        if key in kept and told.certainty is Certainty.HEDGED and kept[key].certainty is Certainty.STATED:
            continue
        kept[key] = told
    return sorted(kept.values(), key=lambda told: told.start)


def _holds(told: Told, today: date) -> bool:
    declared = fact_list().get(told.fact)
    return declared is None or (declared.holds(told.least, today) and declared.holds(told.most, today))


def _bare(said: str, fact: str, today: date) -> str | None:
    """A value that says nothing about what it is."""
    declared = fact_list()[fact]
    match declared.kind:
        case FactKind.MONTH:
            month = read_month(said, today)
            return None if month is None else str(month)
        case FactKind.DURATION:
            span = read_span(said)
            return None if span is None else str(span.months)
        case FactKind.MONEY | FactKind.NUMBER:
            number = read_money(said) if declared.kind is FactKind.MONEY else read_amount(said)
            return f"{number.normalize():f}" if isinstance(number, Decimal) else None
        case FactKind.YES_NO:
            answer = read_yes_no(said)
            return None if answer is None else YES if answer else NO
    return None


def _asks() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(contexts().asks)})[^，。]{{0,2}}$")


def _denied() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(contexts().denials)})[是的在]?$")
