"""Pay for overtime, and for annual leave that was not taken.

Source: 《劳动法》第四十四条 (150 % on working days, 200 % on days of rest without time off, 300 % on statutory holidays)、第四十一条 (how
much overtime is allowed); 《职工带薪年休假条例》第五条 (300 % for a day of leave not given, the normal wage among it). A month has 21.75
days of pay: 人社部发〔2025〕2号, known by practice and not read.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from backend.contracts.calculators import CalculationResult
from backend.contracts.catalogue_content import Content
from backend.one_window.calculators.reading import Answers
from backend.one_window.calculators.rule import Rule, Worksheet, read_content
from backend.one_window.calculators.wording import Yuan

_CENT = Decimal("0.01")
_HUNDRED = 100


class _Table(Content):
    days_a_month: Decimal
    hours_a_day: int
    weekday_percent: int
    rest_percent: int
    holiday_percent: int
    leave_percent: int


_CONTENT = read_content("overtime_and_leave_pay")
_TABLE = _Table.model_validate(_CONTENT.table)
_PERCENTS = {
    "weekday_hours": _TABLE.weekday_percent,
    "rest_hours": _TABLE.rest_percent,
    "holiday_hours": _TABLE.holiday_percent,
}
"""Of the wage of an hour, by the question."""


def _daily(wage: Decimal) -> Fraction:
    """Exact: what is owed is rounded once, at the end."""
    return Fraction(wage) / Fraction(_TABLE.days_a_month)


def _cents(amount: Fraction) -> Decimal:
    return (Decimal(amount.numerator) / Decimal(amount.denominator)).quantize(_CENT, ROUND_HALF_UP)


def overtime_pay(wage: Decimal, hours: Decimal, percent: int) -> Decimal:
    """The least pay for hours of one kind, to the cent."""
    return _cents(_daily(wage) / _TABLE.hours_a_day * Fraction(hours) * percent / _HUNDRED)


def leave_pay(wage: Decimal, days: Decimal, percent: int) -> Decimal:
    """The pay for days of leave, to the cent."""
    return _cents(_daily(wage) * Fraction(days) * percent / _HUNDRED)


def compute(answers: Answers, sheet: Worksheet) -> CalculationResult:
    """The sum of what was asked for."""
    wage = answers.get("wage", Decimal)
    if answers.get("what", str) == "leave":
        return _leave(wage, answers.get("days", Decimal), sheet)
    return _overtime(wage, {name: answers.get(name, Decimal) for name in _PERCENTS}, sheet)


def _overtime(wage: Decimal, hours: dict[str, Decimal], sheet: Worksheet) -> CalculationResult:
    worked = {name: count for name, count in hours.items() if count}
    if not worked:
        return sheet.outcome("no_overtime")
    sheet.step("hourly", wage=Yuan(wage), hour=Yuan(overtime_pay(wage, Decimal(1), _HUNDRED)))
    total = Decimal(0)
    for name, count in worked.items():
        pay = overtime_pay(wage, count, _PERCENTS[name])
        sheet.step(name, hours=count, sum=Yuan(pay))
        total += pay
    if "rest_hours" in worked:
        sheet.step("time_off")
    sheet.step("most_hours")
    sheet.unsure("other_hours")
    sheet.unsure("divisor")
    sheet.figure("overtime_pay_yuan", total)
    return sheet.outcome("overtime", sum=Yuan(total))


def _leave(wage: Decimal, days: Decimal, sheet: Worksheet) -> CalculationResult:
    whole = leave_pay(wage, days, _TABLE.leave_percent)
    normal = leave_pay(wage, days, _HUNDRED)
    sheet.step("daily", wage=Yuan(wage), day=Yuan(leave_pay(wage, Decimal(1), _HUNDRED)))
    sheet.step("leave_days", days=days, sum=Yuan(whole))
    sheet.unsure("declined")
    sheet.unsure("divisor")
    sheet.figure("leave_pay_yuan", whole)
    sheet.figure("still_owed_yuan", whole - normal)
    return sheet.outcome("leave", days=days, sum=Yuan(whole), normal=Yuan(normal), rest=Yuan(whole - normal))


RULE = Rule(_CONTENT, compute)
