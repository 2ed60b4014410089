"""How long one must have paid to get a basic pension every month.

Source: 《国务院关于渐进式延迟法定退休年龄的办法》第二条: from 2030-01-01 the 15 years rise to 20, six months a year;
《社会保险法》第十六条 for the 15 years and for those who fall short.
"""

from __future__ import annotations

from decimal import Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Table(Content):
    """Months to have paid: ``before`` the first year listed, then year by year; the last one holds from then on."""

    before: int
    by_year: dict[int, int]


_CONTENT = read_content("minimum_contribution")
_TABLE = _Table.model_validate(_CONTENT.table)


def minimum_in(year: int) -> Span:
    """What is asked of whoever begins to draw a pension in that year."""
    reached = [months for begins, months in sorted(_TABLE.by_year.items()) if begins <= year]
    return Span(reached[-1] if reached else _TABLE.before)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The minimum, and how much is missing if one said how long one has paid."""
    year = int(answers.get("year", Decimal))
    minimum, paid = minimum_in(year), answers.find("paid", Span)
    sheet.figure("minimum_months", minimum.months)
    sheet.step("before_the_raise" if year < min(_TABLE.by_year) else "raised", year=year, minimum=minimum)
    sheet.unsure("which_year")
    sheet.unsure("deemed")
    if paid is None:
        return sheet.outcome("minimum", year=year, minimum=minimum)
    short = Span(max(minimum.months - paid.months, 0))
    sheet.figure("short_months", short.months)
    if not short.months:
        sheet.step("more_is_more")
        return sheet.outcome("enough", year=year, minimum=minimum, paid=paid)
    sheet.step("how_to_fill")
    sheet.step("other_ways")
    return sheet.outcome("short", year=year, minimum=minimum, paid=paid, short=short)


RULE = Rule(_CONTENT, compute)
