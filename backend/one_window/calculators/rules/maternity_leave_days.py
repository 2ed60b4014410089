"""Days of maternity leave.

Source: 《女职工劳动保护特别规定》第七条: 98 days, 15 of them before the birth; 15 more for a difficult birth and for every
further baby; 15 or 42 after a miscarriage. What the province adds is not in it and is told as unsure.
"""

from __future__ import annotations

from decimal import Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Table(Content):
    """All in days."""

    birth: int
    before_birth: int
    difficult: int
    each_further_baby: int
    miscarriage_early: int
    miscarriage_late: int


_CONTENT = read_content("maternity_leave_days")
_TABLE = _Table.model_validate(_CONTENT.table)


def birth_days(*, difficult: bool, babies: int) -> int:
    """Days for a birth."""
    return _TABLE.birth + (_TABLE.difficult if difficult else 0) + _TABLE.each_further_baby * (babies - 1)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The days the State gives."""
    match answers.get("event", str):
        case "birth":
            difficult, babies = answers.get("difficult", bool), int(answers.get("babies", Decimal))
            days = birth_days(difficult=difficult, babies=babies)
            sheet.step("base", days=_TABLE.birth, before=_TABLE.before_birth)
            if difficult:
                sheet.step("difficult", days=_TABLE.difficult)
            if babies > 1:
                sheet.step("more_babies", babies=babies, days=_TABLE.each_further_baby * (babies - 1))
            sheet.unsure("province_adds")
        case "miscarriage_early":
            days = _TABLE.miscarriage_early
            sheet.step("early", days=days)
        case _:
            days = _TABLE.miscarriage_late
            sheet.step("late", days=days)
    sheet.step("allowance")
    sheet.figure("leave_days", days)
    return sheet.outcome("days", days=days)


RULE = Rule(_CONTENT, compute)
