"""For how many months one can draw unemployment benefit.

Source: 《社会保险法》第四十六条、《失业保险条例》第十七条 (12, 18, 24 months; what was not drawn last time is added, 24 in all);
《国务院关于渐进式延迟法定退休年龄的办法》第七条 (less than a year before the retirement age); 《失业保险金申领发放办法》 (unemployed again before
a new year is paid: what was left goes on; its article was not read, so it is told as unsure).
"""

from __future__ import annotations

from decimal import Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Band(Content):
    """From so many months of contributions on, up to so many months of benefit."""

    paid_months: int
    benefit_months: int


class _Table(Content):
    bands: tuple[_Band, ...]
    at_most_months: int


_CONTENT = read_content("unemployment_benefit_months")
_TABLE = _Table.model_validate(_CONTENT.table)


def longest(paid: Span) -> int:
    """Months of benefit for what was paid since the last benefit; 0 below the first band."""
    return max((band.benefit_months for band in _TABLE.bands if band.paid_months <= paid.months), default=0)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The longest time, with what is left from an earlier unemployment."""
    paid, left = answers.get("paid", Span), int(answers.find("left_months", Decimal) or 0)
    own = longest(paid)
    months = min(own + left, _TABLE.at_most_months) if own else 0
    sheet.figure("benefit_months", months)
    if not own:
        sheet.step("first_year")
        if not left:
            return sheet.outcome("not_yet", paid=paid)
        sheet.figure("benefit_months", left)
        sheet.unsure("left_without_a_year")
        sheet.unsure("conditions")
        sheet.local_line("unemployment_benefit", sheet.today)
        sheet.unsure("decided_by_agency")
        return sheet.outcome("only_left", paid=paid, left=left)
    sheet.step("band", paid=paid, months=own)
    if left:
        sheet.step("added", left=left, months=months)
    if answers.find("near_retirement", bool):
        sheet.step("near_retirement")
    sheet.unsure("conditions")
    sheet.local_line("unemployment_benefit", sheet.today)
    sheet.unsure("decided_by_agency")
    return sheet.outcome("longest", months=months)


RULE = Rule(_CONTENT, compute)
