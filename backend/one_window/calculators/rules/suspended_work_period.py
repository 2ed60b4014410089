"""How long wages go on while a work injury is treated (停工留薪期).

Source: 《工伤保险条例》第三十三条: generally up to 12 months; the city's assessment committee can confirm up to 12 more.
"""

from __future__ import annotations

from datetime import date

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.months import add_months
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content


class _Table(Content):
    general_months: int
    extension_months: int


_CONTENT = read_content("suspended_work_period")
_TABLE = _Table.model_validate(_CONTENT.table)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The longest the period can last, without and with an extension."""
    began = answers.get("began_on", date)
    general = add_months(began, _TABLE.general_months)
    extended = add_months(began, _TABLE.general_months + _TABLE.extension_months)
    sheet.figure("general_last_day", general)
    sheet.figure("extended_last_day", extended)
    sheet.step("paid_by_employer")
    sheet.step("general", day=general)
    sheet.step("extension", day=extended)
    sheet.step("ends_with_grade")
    sheet.unsure("by_injury")
    if answers.get("extended", bool):
        return sheet.outcome("with_extension", day=extended)
    return sheet.outcome("without_extension", day=general)


RULE = Rule(_CONTENT, compute)
