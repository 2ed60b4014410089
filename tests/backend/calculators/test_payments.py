"""Pension estimate, pay for overtime and leave, payments to survivors: worked examples, bounds, what never happens."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.durations import Span
from backend.one_window.calculators.rules.overtime_and_leave_pay import leave_pay, overtime_pay
from backend.one_window.calculators.rules.pension_estimate import from_account, share_of_base
from backend.one_window.calculators.rules.survivors_payments import months_by_paid, months_of_retired, share_of_wage
from backend.one_window.parameters.figures import LocalFigure, LocalFigures
from backend.platform.errors import InvalidError
from tests.backend.calculators.asking import ask, compute_with, figure

WAGES = st.decimals(1, 100_000, places=2)
LENGTHS = st.integers(0, 600)


def published(key: str, amount: int, area: str) -> LocalFigure:
    """A figure of 2026."""
    return LocalFigure(key, area, Decimal(amount), date(2026, 1, 1), date(2026, 12, 31), "某公报")


PUBLISHED = LocalFigures(
    (
        published("pension_base", 7000, "530000"),
        published("urban_income_month", 4000, "530000"),
        published("area_average_wage", 8000, "530000"),
        published("national_urban_income", 54000, "000000"),
    )
)


def test_the_pension_of_worked_examples() -> None:
    """国发〔2005〕38号: 20 years at an index of 0.8 are 18 % of the base; 83,400 yuan at 60 are 139 parts of 600."""
    answers = {"age": "60", "paid": "20年", "account": "83400", "index": "0.8"}
    outcome = compute_with(PUBLISHED, "pension_estimate", answers)
    assert Decimal(outcome.figures["pension_yuan"]) == Decimal(1260) + 600
    assert Decimal(figure("pension_estimate", "pension_yuan", **answers, base="6000")) == Decimal(1080) + 600
    for age, months in ((40, 233), (50, 195), (55, 170), (60, 139), (63, 117), (65, 101), (70, 56)):
        assert from_account(Decimal(months * 100), age) == 100
    for index, paid, share in (("1", 180, "15"), ("0.6", 360, "24"), ("3", 12, "2"), ("1", 186, "15.5")):
        assert share_of_base(Decimal(index), Span(paid)) == Decimal(share)


def test_without_the_base_there_is_no_sum() -> None:
    """The formula with what is known; the base is to be published; below 15 years nothing is told as a pension."""
    answers = {"age": "60", "paid": "20年", "account": "83400", "index": "0.8"}
    outcome = ask("pension_estimate", **answers)
    assert "pension_yuan" not in outcome.figures
    assert outcome.verdict.startswith("还算不出总数，计发基数待中心公布。基础养老金是计发基数的18%")
    assert "养老金计发基数：待中心公布。" in outcome.unsure
    assert not ask("pension_estimate", **answers | {"paid": "14年11个月"}).figures
    assert ask("pension_estimate", **answers | {"paid": "15年"}).figures


@given(st.integers(40, 69), WAGES, LENGTHS, st.decimals("0.1", 3, places=2))
def test_later_longer_and_more_never_cost_pension(age: int, money: Decimal, paid: int, index: Decimal) -> None:
    """Each grows the pension or leaves it."""
    assert from_account(money, age) <= from_account(money, age + 1)
    assert share_of_base(index, Span(paid)) < share_of_base(index, Span(paid + 1))
    assert share_of_base(index, Span(paid)) <= share_of_base(index + 1, Span(paid))


def test_overtime_and_leave_of_worked_examples() -> None:
    """《劳动法》第四十四条: 4,350 yuan a month are 25 an hour; 《职工带薪年休假条例》第五条: 300 %, of which two thirds are still owed."""
    told = {"what": "overtime", "wage": "4350", "weekday_hours": "10", "rest_hours": "16", "holiday_hours": "8"}
    assert Decimal(figure("overtime_and_leave_pay", "overtime_pay_yuan", **told)) == 375 + 800 + 600
    assert Decimal(figure("overtime_and_leave_pay", "overtime_pay_yuan", **told | {"rest_hours": "没有"})) == 375 + 600
    assert not ask(
        "overtime_and_leave_pay", **told | dict.fromkeys(("weekday_hours", "rest_hours", "holiday_hours"), "0")
    ).figures
    figures = ask("overtime_and_leave_pay", what="leave", wage="4350", days="3天").figures
    assert (Decimal(figures["leave_pay_yuan"]), Decimal(figures["still_owed_yuan"])) == (1800, 1200)
    assert overtime_pay(Decimal(5000), Decimal(3), 150) == Decimal("129.31")
    with pytest.raises(InvalidError) as caught:
        ask("overtime_and_leave_pay", what="leave", wage="到手4350", days="3")
    assert (caught.value.field, caught.value.name) == ("wage", "amount.after_deductions")


@given(WAGES, st.integers(0, 300), st.integers(0, 300))
def test_overtime_is_never_less_than_its_hours(wage: Decimal, hours: int, more: int) -> None:
    """A holiday pays twice a weekday; hours added up pay what they pay apart, to the cent of each."""
    weekday, holiday = (overtime_pay(wage, Decimal(hours), percent) for percent in (150, 300))
    assert abs(holiday - 2 * weekday) <= Decimal("0.02")
    together, apart = overtime_pay(wage, Decimal(hours + more), 200), overtime_pay(wage, Decimal(more), 200)
    assert abs(together - apart - overtime_pay(wage, Decimal(hours), 200)) <= Decimal("0.02")
    assert leave_pay(wage, Decimal(hours), 300) >= leave_pay(wage, Decimal(hours), 100)


def test_months_of_the_survivors_payment() -> None:
    """人社部发〔2021〕18号: 3, 6, 9 months, one more a year from 15 on, 24 at most; less for each year drawn, 9 at least."""
    by_paid = {
        (0, 0): (3, 3), (4, 11): (3, 3), (5, 0): (6, 6), (9, 11): (6, 6), (10, 0): (9, 9), (15, 0): (9, 9),
        (15, 1): (9, 10), (16, 0): (10, 10), (29, 0): (23, 23), (29, 11): (23, 24), (30, 0): (24, 24), (40, 5): (24, 24),
    }  # fmt: skip
    for (years, months), expected in by_paid.items():
        assert months_by_paid(Span(years * 12 + months)) == expected, (years, months)
    of_retired = {
        (30, 0): (24, 24),
        (30, 12): (23, 23),
        (30, 13): (22, 23),
        (30, 180): (9, 9),
        (20, 60): (9, 9),
        (3, 12): (9, 9),
    }
    for (years, drawn), expected in of_retired.items():
        assert months_of_retired(Span.of_years(years), Span(drawn)) == expected, (years, drawn)


@given(LENGTHS, LENGTHS)
def test_paying_longer_never_costs_the_survivors(paid: int, drawn: int) -> None:
    """More paid never fewer months, more drawn never more; always within 3 and 24, of a retired one from 9."""
    fewest, most = months_by_paid(Span(paid))
    assert 3 <= fewest <= most <= min(fewest + 1, 24)
    assert months_by_paid(Span(paid + 1)) >= (fewest, most)
    assert 9 <= months_of_retired(Span(paid), Span(drawn + 1))[0] <= months_of_retired(Span(paid), Span(drawn))[1] <= 24


def test_survivors_of_illness_are_told_sums_where_the_income_is_published() -> None:
    """Two months of 4,000 and 14 of them; under five years no more than was paid in; before September 2021 nothing."""
    told = {"cause": "因病或者非因工", "died_on": "2026-05-01", "paid": "20年", "retired": "否"}
    known = compute_with(PUBLISHED, "survivors_payments", told)
    assert known.verdict == "丧葬补助金8,000元；抚恤金14个月，合56,000元。"
    short = compute_with(PUBLISHED, "survivors_payments", told | {"paid": "4年11个月"})
    assert short.verdict == "缴费不满5年的，丧葬补助金和抚恤金加起来最多20,000元，而且不超过本人缴的钱。"
    another_year = compute_with(PUBLISHED, "survivors_payments", told | {"died_on": "2025-12-31"})
    assert "上年度全省城镇居民月人均可支配收入：待中心公布。" in another_year.unsure
    assert "元" not in another_year.verdict
    assert not ask("survivors_payments", **told | {"died_on": "2021-08-31"}).figures
    assert ask("survivors_payments", **told | {"died_on": "2021-09-01"}).figures


def test_survivors_of_a_death_at_work() -> None:
    """《工伤保险条例》第三十九条: six months' wage, twenty incomes, shares of the wage; the wage within its bounds (第六十四条)."""
    told = {"cause": "work", "died_on": "2026-05-01", "wage": "6000", "spouse": "是", "others": "1", "alone": "0"}
    figures = compute_with(PUBLISHED, "survivors_payments", told).figures
    assert [Decimal(figures[name]) for name in ("funeral_yuan", "once_yuan", "monthly_yuan")] == [48000, 1080000, 4200]
    for wage, counted in (("4800", 4800), ("3000", 4800), ("24000", 24000), ("30000", 24000)):
        monthly = compute_with(PUBLISHED, "survivors_payments", told | {"wage": wage}).figures["monthly_yuan"]
        assert Decimal(monthly) == Decimal(counted) * 70 / 100
    later = compute_with(PUBLISHED, "survivors_payments", told | {"cause": "later"})
    assert "once_yuan" not in later.figures
    with pytest.raises(InvalidError) as caught:
        ask("survivors_payments", **told | {"alone": "2"})
    assert (caught.value.field, caught.value.name) == ("alone", "rule.more_than_all")
    shares = {
        (True, 0, 0): 40,
        (False, 1, 0): 30,
        (False, 1, 1): 40,
        (True, 2, 0): 100,
        (True, 1, 1): 80,
        (False, 5, 5): 100,
        (False, 0, 0): 0,
    }
    for (spouse, others, alone), percent in shares.items():
        assert share_of_wage(spouse=spouse, others=others, alone=alone) == percent
