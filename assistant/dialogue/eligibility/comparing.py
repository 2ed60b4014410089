"""A comparison of a fact, true, false or unknown: of what is known as an interval, one that lies astride the bound is unknown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from backend.contracts.eligibility import EligibilityCondition, FactComparison, Measure
from backend.contracts.facts import FactKind, KnownFact, fact_list
from backend.language.months import MONTHS_A_YEAR, Month, add_months


class Truth(StrEnum):
    """Of a comparison, or of a condition."""

    TRUE = "true"
    FALSE = "false"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that something can be."""

    least: Decimal
    most: Decimal


@dataclass(frozen=True, slots=True)
class KnownOf:
    """What is known of one person on a day. ``computed``: what calculators made of it, by name; a name without bounds is unknown."""

    facts: Mapping[str, KnownFact]
    today: date
    computed: Mapping[str, Bounds] = field(default_factory=dict)


def truth_of(comparison: FactComparison, known: KnownOf) -> Truth:
    """Compare."""
    if comparison.one_of:
        fact = _fact(comparison, known)
        if fact is None or fact.exact is None:
            return Truth.UNKNOWN
        return Truth.TRUE if fact.exact in comparison.one_of else Truth.FALSE
    return _all([_not_below(comparison, known), _not_above(comparison, known)])


def condition_truth(condition: EligibilityCondition, known: KnownOf) -> Truth:
    """Whether a condition holds; one that somebody decides is unknown, one that is assumed holds."""
    if condition.assumed:
        return Truth.TRUE
    groups = [_all(truth_of(one, known) for one in group) for group in condition.holds_if]
    if Truth.TRUE in groups:
        return Truth.TRUE
    return Truth.UNKNOWN if not groups or Truth.UNKNOWN in groups else Truth.FALSE


def open_facts(condition: EligibilityCondition, known: KnownOf) -> tuple[str, ...]:
    """The facts without which a condition cannot be told, of the group that lacks fewest of them, in order."""
    groups = [
        tuple(
            dict.fromkeys(
                fact
                for one in group
                if truth_of(one, known) is Truth.UNKNOWN
                for fact in one.facts
                if _is_open(fact, one, known)
            )
        )
        for group in condition.holds_if
        if _all(truth_of(one, known) for one in group) is Truth.UNKNOWN
    ]
    return min((facts for facts in groups if facts), key=len, default=())


def _fact(comparison: FactComparison, known: KnownOf) -> KnownFact | None:
    told = known.facts.get(str(comparison.fact))
    return told if told is not None or comparison.else_fact is None else known.facts.get(comparison.else_fact)


def _is_open(fact: str, comparison: FactComparison, known: KnownOf) -> bool:
    told = known.facts.get(fact)
    if fact == comparison.else_fact:
        return False
    if fact == "post" and (known.facts.get("sex") is None or known.facts["sex"].exact != "woman"):
        return False  # only women's retirement age hangs on the post
    return told is None or (told.exact is None and fact == comparison.fact)


def _all(truths: Iterable[Truth]) -> Truth:
    found = set(truths)
    if Truth.FALSE in found:
        return Truth.FALSE
    return Truth.UNKNOWN if Truth.UNKNOWN in found else Truth.TRUE


def compared(comparison: FactComparison, known: KnownOf) -> tuple[Bounds | None, Bounds | None]:
    """What is compared with a lower bound, and the bound; None what is not known."""
    if comparison.at_least_computed is not None:
        bound = known.computed.get(comparison.at_least_computed)
    else:
        bound = None if comparison.at_least is None else Bounds(*[Decimal(comparison.at_least)] * 2)
    return _value(comparison, known, whole_up=False), bound


def _not_below(comparison: FactComparison, known: KnownOf) -> Truth:
    if comparison.at_least_computed is None and comparison.at_least is None:
        return Truth.TRUE
    value, bound = compared(comparison, known)
    if value is None or bound is None:
        return Truth.UNKNOWN
    if value.least >= bound.most:
        return Truth.TRUE
    return Truth.FALSE if value.most < bound.least else Truth.UNKNOWN


def _not_above(comparison: FactComparison, known: KnownOf) -> Truth:
    if comparison.at_most is None:
        return Truth.TRUE
    value = _value(comparison, known, whole_up=True)
    if value is None:
        return Truth.UNKNOWN
    if value.most <= comparison.at_most:
        return Truth.TRUE
    return Truth.FALSE if value.least > comparison.at_most else Truth.UNKNOWN


def _value(comparison: FactComparison, known: KnownOf, *, whole_up: bool) -> Bounds | None:
    """What is compared. ``whole_up``: a month that has begun counts whole, as it does against an upper bound."""
    if comparison.fact is None:
        return known.computed.get(str(comparison.computed))
    fact = _fact(comparison, known)
    if fact is None:
        return None
    match comparison.measure:
        case Measure.AGE:
            return _age(fact, Month.of(known.today))
        case Measure.MONTHS_SINCE:
            first, last = (
                _day(fact.fact, value, last=last) for value, last in ((fact.least, False), (fact.most, True))
            )
            return Bounds(*(Decimal(_months(day, known.today, whole_up=whole_up)) for day in (last, first)))
        case Measure.DAYS_SINCE:
            first, last = (date.fromisoformat(value) for value in (fact.least, fact.most))
            return Bounds(Decimal((known.today - last).days), Decimal((known.today - first).days))
    return Bounds(Decimal(fact.least), Decimal(fact.most))


def _age(birth: KnownFact, now: Month) -> Bounds:
    """Whole years. An age that was told is as good as a birthday; of a month of birth the day is not known in that month."""
    born_last, born_first = _month(birth.most), _month(birth.least)
    young, old = now.since(born_last), now.since(born_first)
    if born_last.since(born_first) == MONTHS_A_YEAR:
        return Bounds(Decimal(young // MONTHS_A_YEAR), Decimal((old - 1) // MONTHS_A_YEAR))
    return Bounds(Decimal((young - 1) // MONTHS_A_YEAR), Decimal(old // MONTHS_A_YEAR))


def _day(fact: str, value: str, *, last: bool) -> date:
    if fact_list()[fact].kind is FactKind.DAY:
        return date.fromisoformat(value)
    first = date.fromisoformat(f"{value}-01")
    return add_months(first, 1) - timedelta(days=1) if last else first


def _month(value: str) -> Month:
    return Month.of(date.fromisoformat(f"{value}-01"))


def _months(since: date, today: date, *, whole_up: bool) -> int:
    whole = (today.year - since.year) * MONTHS_A_YEAR + today.month - since.month
    if today.day < since.day:
        whole -= 1
    return whole + 1 if whole_up and today.day != since.day else whole
