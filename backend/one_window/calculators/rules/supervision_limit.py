"""Until when labour inspection looks into a breach.

Source: 《劳动保障监察条例》第二十条: two years from the breach; from its end if it went on. That a last day of
rest moves on (《民法典》第二百零三条) is civil law and not said of it: nobody is told a later day.
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


_CONTENT = read_content("supervision_limit")
_TABLE = _Table.model_validate(_CONTENT.table)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The last day to complain."""
    sheet.step("two_years")
    sheet.unsure("arbitration_apart")
    if answers.get("goes_on", bool):
        return sheet.outcome("goes_on")
    ended = answers.get("ended_on", date)
    last = add_months(ended, _TABLE.months)
    works_again = sheet.calendar.next_working_day(last)
    if works_again != last:
        sheet.unsure("rest_day")
    sheet.figure("last_day", last)
    if last < sheet.today <= works_again:
        return sheet.outcome("just_over", day=last)
    if sheet.today > last:
        sheet.unsure("found_before")
        return sheet.outcome("over", day=last)
    sheet.figure("left_days", (last - sheet.today).days)
    return sheet.outcome("runs", day=last, left=(last - sheet.today).days)


RULE = Rule(_CONTENT, compute)
