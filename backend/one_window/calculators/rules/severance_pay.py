"""Severance pay, and twice as much for an unlawful dismissal.

Source: 《劳动合同法》第四十六条 (when it is due)、第四十七条 (a month's wage per year; half a year counts as one, less as half a month; wages above three times
the city's average count as three times, for 12 years at most)、第八十七条 (twice for unlawful ending)、第九十七条 (years count from
2008-01-01); 《劳动合同法实施条例》第二十五条 (the double counts from the first day)、第二十七条 (which wage); 《劳动争议调解仲裁法》第二十七条
(one year to claim it).
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.language.months import MONTHS_A_YEAR, add_months, whole_months
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.wording import Yuan

_ONE_DAY = timedelta(days=1)
_HALF = Decimal("0.5")
_LAST_DAY_OF_EVERY_MONTH = 28
"""Who began later has no such day in some months; whether a month is full then, the law does not say to the day."""


class _Table(Content):
    counts_from: date
    highest_times: int
    highest_years: int
    unlawful_times: int


_CONTENT = read_content("severance_pay")
_TABLE = _Table.model_validate(_CONTENT.table)


def months_of_wage(first_day: date, last_day: date) -> Decimal:
    """One per full year; six months or more of the rest one, less than six a half. Both days were worked."""
    after = last_day + _ONE_DAY
    months = whole_months(first_day, after)
    years, rest = divmod(months, MONTHS_A_YEAR)
    if rest >= MONTHS_A_YEAR // 2:
        return Decimal(years + 1)
    rest_begins = add_months(first_day, years * MONTHS_A_YEAR)
    return years + (_HALF if rest_begins < after else Decimal(0))


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The sum by why one leaves, with the cap where the average wage is known."""
    reason = answers.get("reason", str)
    if reason == "own":
        sheet.step("employer_at_fault")
        return sheet.outcome("own")
    unlawful = reason == "unlawful"
    first, last = answers.get("began_on", date), answers.get("ended_on", date)
    wage, count = answers.get("wage", Decimal), _count(first, last, unlawful, sheet)
    average = answers.find("average_wage", Decimal)
    if average is None:
        average = sheet.local_sum("city_average_wage", last)
    wage, count = _capped(wage, count, average, sheet)
    pay = wage * count
    sheet.step("product", wage=Yuan(wage), count=count, pay=Yuan(pay))
    sheet.local_line("minimum_wage_month", last)
    sheet.unsure("minimum_wage")
    if unlawful:
        pay *= _TABLE.unlawful_times
        sheet.step("doubled", pay=Yuan(pay))
        sheet.unsure("whether_unlawful")
    else:
        sheet.unsure("own_fault")
    if first.day > _LAST_DAY_OF_EVERY_MONTH:
        sheet.unsure("end_of_month")
    if count:
        sheet.claimed_from(last)
    sheet.figure("wage_months", count)
    sheet.figure("pay_yuan", pay)
    return sheet.outcome("unlawful" if unlawful else "lawful", pay=Yuan(pay), count=count)


def _count(first: date, last: date, unlawful: bool, sheet: Worksheet) -> Decimal:
    if first < _TABLE.counts_from and not unlawful:
        sheet.unsure("before_the_law")
        first = _TABLE.counts_from
    if first > last:
        return Decimal(0)
    count = months_of_wage(first, last)
    sheet.step("years", first=first, last=last, count=count)
    return count


def _capped(wage: Decimal, count: Decimal, average: Decimal | None, sheet: Worksheet) -> tuple[Decimal, Decimal]:
    """Wage and months after the cap of 第四十七条第二款."""
    if average is None:
        sheet.unsure("average_unknown")
        return wage, count
    highest = average * _TABLE.highest_times
    if wage <= highest:
        sheet.step("below_cap", highest=Yuan(highest))
        return wage, count
    count = min(count, Decimal(_TABLE.highest_years))
    sheet.step("capped", highest=Yuan(highest), count=count)
    return highest, count


RULE = Rule(_CONTENT, compute)
