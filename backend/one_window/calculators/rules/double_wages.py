"""Double wages for work without a written contract.

Source: 《劳动合同法》第八十二条; 《劳动合同法实施条例》第六条、第七条 (from the day after one month is full to the day before the
contract is signed, at most to the day before one year is full); 法释〔2025〕12号第六条 (by the month; part of a month by its working
days)、第七条 (when it is not owed); 《劳动争议调解仲裁法》第二十七条 (one year to claim it).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from backend.contracts.calculators import CalculationResult
from backend.language.months import MONTHS_A_YEAR, add_months, whole_months
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.wording import Yuan

_CONTENT = read_content("double_wages")
_ONE_DAY = timedelta(days=1)


def owed(began: date, until: date) -> tuple[int, int]:
    """Whole months and further calendar days owed up to and including ``until``; 11 months at most."""
    after = min(until + _ONE_DAY, add_months(began, MONTHS_A_YEAR))
    if after <= add_months(began, 1):
        return 0, 0
    months = whole_months(began, after)
    return months - 1, (after - add_months(began, months)).days


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The months owed, and the sum of the whole ones if the wage was told."""
    began = answers.get("began_on", date)
    until = _until(answers, sheet)
    months, days = owed(began, until)
    sheet.figure("owed_months", months)
    sheet.figure("further_days", days)
    sheet.step("span")
    if not months and not days:
        return sheet.outcome("none")
    last = min(until, add_months(began, MONTHS_A_YEAR) - _ONE_DAY)
    sheet.step("from_to", first=add_months(began, 1), last=last, months=months)
    if last < until:
        sheet.step("year_over")
    if days and months:
        sheet.step("further_days", days=days)
    sheet.unsure("one_day")
    sheet.unsure("exceptions")
    sheet.unsure("limitation")
    sheet.claimed_from(last)
    if not months:
        return sheet.outcome("only_days", days=days)
    ending = "_and_days" if days else ""
    wage = answers.find("wage", Decimal)
    if wage is None:
        return sheet.outcome(f"months{ending}", months=months, days=days)
    extra = Yuan(wage * months)
    sheet.step("product", wage=Yuan(wage), months=months, extra=extra)
    sheet.figure("extra_yuan", extra.amount)
    return sheet.outcome(f"sum{ending}", months=months, extra=extra)


def _until(answers: Answers, sheet: Worksheet) -> date:
    """The last day without a contract."""
    match answers.get("contract", str):
        case "signed":
            return answers.get("signed_on", date) - _ONE_DAY
        case "left":
            return answers.get("left_on", date)
        case _:
            return sheet.today


RULE = Rule(_CONTENT, compute)
