"""How long before leaving a worker has to tell the employer.

Source: 《劳动合同法》第三十七条 (30 days in writing; 3 days in the trial period)、第三十八条 (employer at fault: no such notice).
"""

from __future__ import annotations

from datetime import date, timedelta

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Table(Content):
    days: int
    trial_days: int


_CONTENT = read_content("resignation_notice")
_TABLE = _Table.model_validate(_CONTENT.table)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The day on which the notice is full; natural days, the first not counted."""
    trial, told = answers.get("in_trial", bool), answers.get("told_on", date)
    days = _TABLE.trial_days if trial else _TABLE.days
    full = told + timedelta(days=days)
    sheet.figure("notice_days", days)
    sheet.figure("full_on", full)
    sheet.step("in_trial" if trial else "in_writing", days=days)
    sheet.step("counted", told=told, days=days, full=full)
    sheet.step("employer_at_fault")
    sheet.step("papers")
    return sheet.outcome("full", full=full, days=days)


RULE = Rule(_CONTENT, compute)
