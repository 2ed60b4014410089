"""What calculators make of facts for a verdict: the months until retirement, the months to have paid by then."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from assistant.dialogue.eligibility.comparing import Bounds
from backend.client.calculators import CalculatorsClient
from backend.contracts.eligibility import NEEDED, ItemEligibility
from backend.contracts.facts import KnownFact
from backend.language.months import Month

_AGES, _YEARS = "retirement_age", "minimum_contribution"
_KINDS = {("man", None): "man", ("woman", "manager"): "woman_55", ("woman", "worker"): "woman_50"}
"""Sex and post, and the calculator's answer; all that may be so are computed."""
_FIRST_YEAR = 2011
"""The calculator knows no earlier ones; all before 2030 are alike."""
_LEAST_EVER, _MOST_EVER = Decimal(180), Decimal(240)
"""Months: 《国务院关于渐进式延迟法定退休年龄的办法》第二条, before 2030 and from 2039 on."""


async def computed_of(
    rules: ItemEligibility, facts: Mapping[str, KnownFact], today: Month, calculators: CalculatorsClient
) -> dict[str, Bounds]:
    """The bounds of what the item's conditions compute, by name; a name that the facts do not settle has none, or wide ones."""
    wanted = {
        name
        for condition in rules.conditions
        for one in condition.comparisons
        for name in (one.computed, one.at_least_computed)
        if name is not None
    }
    if not wanted & NEEDED.keys():
        return {}
    born = facts.get("birth")
    if born is None:
        return {"pension_minimum": Bounds(_LEAST_EVER, _MOST_EVER)}
    figures = [
        (await calculators.compute(_AGES, {"kind": kind, "born": value})).figures
        for kind in _kinds(facts)
        for value in dict.fromkeys((born.least, born.most))
    ]
    months = [_month(found["month"]) for found in figures]
    years = {max(month.year, _FIRST_YEAR) for month in months}
    # who retires earlier than the statutory month needs what is asked for in that year
    years |= {max(today, _month(found["earliest_month"])).year for found in figures if "earliest_month" in found}
    minimums = [
        Decimal((await calculators.compute(_YEARS, {"year": str(year)})).figures["minimum_months"])
        for year in sorted(years)
    ]
    left = [Decimal(month.since(today)) for month in months]
    return {
        "months_to_retirement": Bounds(min(left), max(left)),
        "pension_minimum": Bounds(min(minimums), max(minimums)),
    }


def _kinds(facts: Mapping[str, KnownFact]) -> list[str]:
    sex, post = (facts[name].exact if name in facts else None for name in ("sex", "post"))
    return [
        kind
        for (of_sex, of_post), kind in _KINDS.items()
        if sex in {None, of_sex} and (of_post is None or post in {None, of_post})
    ]


def _month(value: str) -> Month:
    return Month(int(value[:4]), int(value[5:7]))
