"""Unemployment, work injury, maternity: months and days of benefits."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.durations import Span
from backend.one_window.calculators.rules.disability_lump_sum import bounded
from backend.one_window.calculators.rules.medical_period import row_of
from backend.one_window.calculators.rules.unemployment_benefit_months import longest
from tests.backend.calculators.asking import ask, figure


@pytest.mark.parametrize(
    ("paid", "months"),
    [("11个月", 0), ("1年", 12), ("4年11个月", 12), ("5年", 18), ("9年11个月", 18), ("10年", 24), ("30年", 24)],
)
def test_months_of_unemployment_benefit(paid: str, months: int) -> None:
    """《社会保险法》第四十六条."""
    assert figure("unemployment_benefit_months", "benefit_months", paid=paid) == str(months)


def test_what_was_not_drawn_is_added_up_to_two_years() -> None:
    """《社会保险法》第四十六条: 合并计算,最长不超过二十四个月."""
    assert figure("unemployment_benefit_months", "benefit_months", paid="3年", left_months="8") == "20"
    assert figure("unemployment_benefit_months", "benefit_months", paid="12年", left_months="8") == "24"
    assert figure("unemployment_benefit_months", "benefit_months", paid="半年", left_months="8") == "8"


def test_whoever_loses_a_job_again_within_a_year_goes_on_with_what_was_left() -> None:
    """《失业保险金申领发放办法》: 8 months paid, 7 left."""
    outcome = ask("unemployment_benefit_months", paid="8个月", left_months="7")
    assert outcome.verdict.startswith("上次没领完的7个月，一般可以接着领")
    assert any("原文还没核对" in line for line in outcome.unsure)
    assert ask("unemployment_benefit_months", paid="8个月").verdict.startswith("按缴费时间还领不了")


@given(st.integers(0, 599))
def test_paying_longer_never_shortens_the_benefit(months: int) -> None:
    """《社会保险法》第四十六条: three steps, never down."""
    assert longest(Span(months)) <= longest(Span(months + 1)) <= 24


@pytest.mark.parametrize(
    ("grade", "months", "percent"),
    [(1, 27, 90), (2, 25, 85), (3, 23, 80), (4, 21, 75), (5, 18, 70), (6, 16, 60), (7, 13, 0), (8, 11, 0), (9, 9, 0), (10, 7, 0)],
)  # fmt: skip
def test_lump_sum_and_allowance_by_grade(grade: int, months: int, percent: int) -> None:
    """《工伤保险条例》第三十五条至第三十七条; the sums are the wage times them."""
    figures = ask("disability_lump_sum", grade=str(grade), wage="4000", area_wage="6000").figures
    assert figures["wage_months"] == str(months)
    assert Decimal(figures["lump_sum_yuan"]) == 4000 * months
    assert Decimal(figures.get("allowance_yuan", "0")) == 4000 * Decimal(percent) / 100


@given(st.decimals(1, 200_000, places=2), st.decimals(1000, 30_000, places=2))
def test_the_wage_that_counts_is_bounded(wage: Decimal, area_wage: Decimal) -> None:
    """《工伤保险条例》第六十四条: not under 60 %, not over 300 % of the area's average."""
    counted = bounded(wage, area_wage)
    assert area_wage * Decimal("0.6") <= counted <= area_wage * 3
    assert counted == wage or not area_wage * Decimal("0.6") <= wage <= area_wage * 3


def test_no_sum_without_a_wage_and_no_certainty_without_the_average() -> None:
    """Money is not guessed: months alone, or a sum that says what was not checked."""
    assert "lump_sum_yuan" not in ask("disability_lump_sum", grade="十级").figures
    assert any("没有核对" in line for line in ask("disability_lump_sum", grade="10", wage="4000").unsure)


@pytest.mark.parametrize(
    ("answers", "days"),
    [
        ({"event": "生孩子", "difficult": "不是", "babies": "1"}, 98),
        ({"event": "birth", "difficult": "是", "babies": "一个"}, 113),
        ({"event": "birth", "difficult": "不是", "babies": "2"}, 113),
        ({"event": "birth", "difficult": "是", "babies": "3"}, 143),
        ({"event": "怀孕不满4个月流产"}, 15),
        ({"event": "怀孕满4个月流产"}, 42),
    ],
)
def test_days_of_maternity_leave(answers: dict[str, str], days: int) -> None:
    """《女职工劳动保护特别规定》第七条."""
    assert figure("maternity_leave_days", "leave_days", **answers) == str(days)


def test_what_the_province_adds_is_not_counted_and_said() -> None:
    """The centre has not confirmed Yunnan's extension: no number is told."""
    outcome = ask("maternity_leave_days", event="birth", difficult="否", babies="1")
    assert any("云南省" in line for line in outcome.unsure)


@pytest.mark.parametrize(
    ("worked", "here", "months", "within"),
    [
        ("3年", "3年", 3, 6),
        ("9年", "5年", 6, 12),
        ("10年", "4年11个月", 6, 12),
        ("12年", "5年", 9, 15),
        ("12年", "10年", 12, 18),
        ("18年", "15年", 18, 24),
        ("25年", "20年", 24, 30),
    ],
)
def test_months_of_the_medical_period(worked: str, here: str, months: int, within: int) -> None:
    """《企业职工患病或非因工负伤医疗期规定》第三条、第四条."""
    figures = ask("medical_period", worked=worked, worked_here=here).figures
    assert (figures["period_months"], figures["within_months"]) == (str(months), str(within))


@given(st.integers(0, 600), st.integers(0, 600))
def test_longer_work_never_shortens_the_medical_period(worked: int, here: int) -> None:
    """第三条: 3 to 24 months, growing with both."""
    now = row_of(Span(worked), Span(here)).months
    assert 3 <= now <= row_of(Span(worked + 1), Span(here)).months <= 24
    assert now <= row_of(Span(worked), Span(here + 1)).months


def test_the_longest_time_of_suspended_work() -> None:
    """《工伤保险条例》第三十三条: 12 months, and 12 more where the committee confirms it."""
    figures = ask("suspended_work_period", began_on="2026-03-01", extended="没有").figures
    assert (figures["general_last_day"], figures["extended_last_day"]) == ("2027-03-01", "2028-03-01")
