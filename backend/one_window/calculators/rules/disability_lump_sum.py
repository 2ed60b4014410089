"""The lump sum and the monthly allowance for a disability grade from a work injury.

Source: 《工伤保险条例》第三十五条至第三十七条 (months of one's wage by grade; monthly allowance of grades 1 to 6) and 第六十四条
(one's wage: the average monthly contribution wage of the 12 months before, within 60 % and 300 % of the area's average).
"""

from __future__ import annotations

from decimal import Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.wording import Yuan

_HUNDRED = Decimal(100)


class _Grade(Content):
    """``allowance_percent`` of one's wage every month; 0 where the law gives none."""

    months: int
    allowance_percent: int = 0


class _Table(Content):
    lowest_percent: int
    highest_percent: int
    paid_by_fund_up_to: int
    """Up to this grade the fund pays the allowance; above it the employer, if it has no suitable work."""
    grades: dict[int, _Grade]


_CONTENT = read_content("disability_lump_sum")
_TABLE = _Table.model_validate(_CONTENT.table)


def bounded(wage: Decimal, area_wage: Decimal) -> Decimal:
    """One's wage within the bounds of 第六十四条."""
    lowest, highest = (area_wage * percent / _HUNDRED for percent in (_TABLE.lowest_percent, _TABLE.highest_percent))
    return min(max(wage, lowest), highest)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """Months of wage, and the sum if the wage was told."""
    number = int(answers.get("grade", Decimal))
    grade = _TABLE.grades[number]
    sheet.figure("wage_months", grade.months)
    sheet.step("by_grade", grade=number, months=grade.months)
    _say_allowance(number, grade, sheet)
    wage = answers.find("wage", Decimal)
    if wage is None:
        sheet.step("which_wage")
        return sheet.outcome("months", grade=number, months=grade.months)
    wage = _counted(wage, _area_wage(answers, sheet), sheet)
    lump_sum = wage * grade.months
    sheet.step("product", wage=Yuan(wage), months=grade.months, sum=Yuan(lump_sum))
    sheet.figure("lump_sum_yuan", lump_sum)
    if grade.allowance_percent:
        allowance = wage * grade.allowance_percent / _HUNDRED
        sheet.step("allowance_sum", wage=Yuan(wage), percent=grade.allowance_percent, sum=Yuan(allowance))
        sheet.figure("allowance_yuan", allowance)
    return sheet.outcome("sum", grade=number, months=grade.months, sum=Yuan(lump_sum))


def _area_wage(answers: Answers, sheet: Worksheet) -> Decimal | None:
    """As answered, else as it is published now."""
    told = answers.find("area_wage", Decimal)
    published = sheet.local_sum("area_average_wage", sheet.today) if told is None else None
    if published is not None:
        sheet.unsure("area_wage_of_today")
    return told if published is None else published


def _counted(wage: Decimal, area_wage: Decimal | None, sheet: Worksheet) -> Decimal:
    if area_wage is None:
        sheet.unsure("bounds_unknown")
        return wage
    counted = bounded(wage, area_wage)
    if counted != wage:
        sheet.step("raised_to" if counted > wage else "cut_to", wage=Yuan(counted), area_wage=Yuan(area_wage))
    return counted


def _say_allowance(number: int, grade: _Grade, sheet: Worksheet) -> None:
    if not grade.allowance_percent:
        sheet.unsure("on_leaving")
    elif number <= _TABLE.paid_by_fund_up_to:
        sheet.step("allowance_from_fund", percent=grade.allowance_percent)
    else:
        sheet.step("allowance_from_employer", percent=grade.allowance_percent)
        sheet.unsure("on_leaving")
    if grade.allowance_percent:
        sheet.local_line("minimum_wage_month", sheet.today)
        sheet.unsure("minimum_wage")


RULE = Rule(_CONTENT, compute)
