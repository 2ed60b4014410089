"""How much is missing where a condition does not hold: 「要12个月，您有8个月，还差4个月」."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from assistant.dialogue.eligibility.comparing import Bounds, KnownOf, Truth, compared, truth_of
from backend.contracts.eligibility import EligibilityCondition, FactComparison, Measure
from backend.contracts.facts import FactKind, fact_list, shown_value
from backend.language.months import Month

_REACHED = "months_to_retirement"


@dataclass(frozen=True, slots=True)
class ConditionGap:
    """What a lower bound wants, what there is, and what is missing, as people read them; or the month from which it holds."""

    wanted: str = ""
    has: str = ""
    missing: str = ""
    holds_from: str = ""
    at_least: bool = False
    """Whether that is the least that will be wanted, as it is not known yet of when."""


def gap_of(condition: EligibilityCondition, known: KnownOf) -> ConditionGap | None:
    """What is missing, where one comparison alone stands in the way and what there is is known to the month; None otherwise."""
    if len(condition.holds_if) != 1:
        return None
    failed = [one for one in condition.holds_if[0] if truth_of(one, known) is Truth.FALSE]
    return _of(failed[0], known) if len(failed) == 1 else None


def _of(comparison: FactComparison, known: KnownOf) -> ConditionGap | None:
    if comparison.computed == _REACHED and comparison.at_most == 0:
        left = _exact(known.computed.get(_REACHED))
        return None if left is None else ConditionGap(holds_from=_month(Month.of(known.today).plus(int(left))))
    if comparison.measure is not Measure.VALUE or comparison.fact is None:
        return None
    if fact_list()[comparison.fact].kind is not FactKind.DURATION:
        return None
    sides = compared(comparison, known)
    value, bound = _exact(sides[0]), sides[1]
    if value is None or bound is None:
        return None
    least = bound.least
    fact = fact_list()[comparison.fact]
    wanted, has, missing = (shown_value(fact, str(int(months))) for months in (least, value, least - value))
    return ConditionGap(wanted, has, missing, at_least=least < bound.most)


def _exact(bounds: Bounds | None) -> Decimal | None:
    return bounds.least if bounds is not None and bounds.least == bounds.most else None


def _month(month: Month) -> str:
    return f"{month.year}年{month.number}月"
