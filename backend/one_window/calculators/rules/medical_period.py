"""How long an employer may not dismiss somebody who is ill (医疗期).

Source: 《企业职工患病或非因工负伤医疗期规定》(劳部发〔1994〕479号) 第三条 (months by years of work)、第四条 (within which time sick
days are added up). 「以上」 includes the number itself (《民法典》第一千二百五十九条).
"""

from __future__ import annotations

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.durations import Span
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Row(Content):
    """From so many years of work in all and here on: so many months, added up ``within`` so many months."""

    years: int
    years_here: int
    months: int
    within_months: int


class _Table(Content):
    rows: tuple[_Row, ...]


_CONTENT = read_content("medical_period")
_TABLE = _Table.model_validate(_CONTENT.table)


def row_of(worked: Span, here: Span) -> _Row:
    """The most favourable row whose years are reached."""
    reached = [r for r in _TABLE.rows if worked >= Span.of_years(r.years) and here >= Span.of_years(r.years_here)]
    return max(reached, key=lambda row: row.months)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """Months, and the time within which sick days are added up."""
    worked, here = answers.get("worked", Span), answers.get("worked_here", Span)
    if here > worked:
        raise sheet.refuse("field.longer_than", "worked_here", other=sheet.content.question("worked").label)
    row = row_of(worked, here)
    sheet.figure("period_months", row.months)
    sheet.figure("within_months", row.within_months)
    sheet.step("by_years", worked=worked, here=here, months=row.months)
    sheet.step("added_up", within=row.within_months, months=row.months)
    sheet.unsure("serious_illness")
    sheet.unsure("not_work_injury")
    return sheet.outcome("months", months=row.months)


RULE = Rule(_CONTENT, compute)
