"""Until when a labour dispute can be taken to arbitration.

Source: 《劳动争议调解仲裁法》第二十七条: one year from knowing of the infringement; begun anew when a claim is raised, help is
sought or the other side agrees; wages owed are not limited while one is employed, then one year from leaving.
"""

from __future__ import annotations

from datetime import date

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.months import add_months
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Table(Content):
    months: int


_CONTENT = read_content("arbitration_limitation")
_TABLE = _Table.model_validate(_CONTENT.table)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The last day to apply."""
    dispute = answers.get("dispute", str)
    if dispute == "wages_employed":
        sheet.step("no_limit_while_employed")
        return sheet.outcome("no_limit")
    question = "left_on" if dispute == "wages_left" else "known_on"
    begins = answers.get(question, date)
    sheet.step(f"from_{question}", day=begins)
    ends = add_months(begins, _TABLE.months)
    if answers.get("claimed", bool):
        begins = _begun_anew(begins, ends, answers.get("claimed_on", date), sheet)
        ends = add_months(begins, _TABLE.months)
    last = sheet.last_day(ends)
    sheet.figure("begins_on", begins)
    sheet.figure("last_day", last)
    sheet.unsure("interrupted")
    if sheet.today > last:
        return sheet.outcome("over", day=last)
    sheet.figure("left_days", (last - sheet.today).days)
    return sheet.outcome("runs", day=last, left=(last - sheet.today).days)


def _begun_anew(begins: date, ends: date, claimed: date, sheet: Worksheet) -> date:
    """From when it runs: a claim within the period begins it anew, a later one does not."""
    if claimed > sheet.calendar.next_working_day(ends):
        sheet.step("claimed_too_late", claimed=claimed, begins=begins)
        return begins
    sheet.step("claimed", claimed=claimed)
    return claimed


RULE = Rule(_CONTENT, compute)
