"""Until when a work injury can be reported for determination (工伤认定).

Source: 《工伤保险条例》第十七条 (the employer within 30 days; the worker, close relatives or the union within one year, both
from the day of the accident or of the diagnosis); 《最高人民法院关于审理工伤保险行政案件若干问题的规定》第七条 (time lost for
reasons that are not the worker's own is not counted). Days are natural days.
"""

from __future__ import annotations

from datetime import date, timedelta

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.months import add_months
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Table(Content):
    employer_days: int
    worker_months: int


_CONTENT = read_content("work_injury_claim_deadline")
_TABLE = _Table.model_validate(_CONTENT.table)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The employer's and the worker's last day, and which of them still runs."""
    happened = answers.get("happened_on", date)
    sheet.step("counted_from", day=happened)
    employer = sheet.last_day(happened + timedelta(days=_TABLE.employer_days))
    sheet.step("employer", day=employer)
    worker = sheet.last_day(add_months(happened, _TABLE.worker_months))
    sheet.step("worker", day=worker)
    sheet.figure("employer_last_day", employer)
    sheet.figure("worker_last_day", worker)
    if sheet.today > worker:
        sheet.unsure("not_own_reasons")
        return sheet.outcome("over", day=worker)
    sheet.figure("left_days", (worker - sheet.today).days)
    if sheet.today > employer:
        sheet.step("employer_late", day=employer)
        return sheet.outcome("worker_runs", employer=employer, day=worker, left=(worker - sheet.today).days)
    sheet.unsure("extension")
    return sheet.outcome("employer_runs", employer=employer, day=worker)


RULE = Rule(_CONTENT, compute)
