"""Retirement age and minimum contribution: people plan years ahead by these figures."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.durations import Span
from backend.language.months import Month
from backend.one_window.calculators.rules.minimum_contribution import minimum_in
from backend.one_window.calculators.rules.retirement_age import delay
from tests.backend.calculators.asking import TODAY, ask, figure

OLD_AGE = {"man": 60, "woman_55": 55, "woman_50": 50}
MOST = {"man": 36, "woman_55": 36, "woman_50": 60}
FLEXIBLE = {"earliest_month", "latest_month"}
KINDS = st.sampled_from(sorted(OLD_AGE))
BIRTHS = st.builds(Month, st.integers(1950, 2010), st.integers(1, 12))


@pytest.mark.parametrize(
    ("kind", "born", "age_months", "month"),
    [
        ("man", "1964-12", 60 * 12, "2024-12"),
        ("man", "1965-01", 60 * 12 + 1, "2025-02"),
        ("man", "1965-04", 60 * 12 + 1, "2025-05"),
        ("man", "1965-05", 60 * 12 + 2, "2025-07"),
        ("man", "1968-03", 60 * 12 + 10, "2029-01"),
        ("man", "1976-08", 62 * 12 + 11, "2039-07"),
        ("man", "1976-09", 63 * 12, "2039-09"),
        ("man", "1990-03", 63 * 12, "2053-03"),
        ("woman_55", "1969-12", 55 * 12, "2024-12"),
        ("woman_55", "1970-01", 55 * 12 + 1, "2025-02"),
        ("woman_55", "1971-04", 55 * 12 + 4, "2026-08"),
        ("woman_55", "1981-08", 57 * 12 + 11, "2039-07"),
        ("woman_55", "1981-09", 58 * 12, "2039-09"),
        ("woman_50", "1974-12", 50 * 12, "2024-12"),
        ("woman_50", "1975-01", 50 * 12 + 1, "2025-02"),
        ("woman_50", "1975-02", 50 * 12 + 1, "2025-03"),
        ("woman_50", "1975-03", 50 * 12 + 2, "2025-05"),
        ("woman_50", "1984-10", 54 * 12 + 11, "2039-09"),
        ("woman_50", "1984-11", 55 * 12, "2039-11"),
    ],
)
def test_the_age_of_each_cohort(kind: str, born: str, age_months: int, month: str) -> None:
    """《国务院关于渐进式延迟法定退休年龄的办法》第一条 and 附件1至3: first, last and neighbouring months of the raise."""
    figures = ask("retirement_age", kind=kind, born=born).figures
    assert (figures["age_months"], figures["month"]) == (str(age_months), month)


@given(KINDS, BIRTHS)
def test_the_raise_never_goes_back_and_never_too_far(kind: str, born: Month) -> None:
    """第一条: never below the old age, never above 63, 58 or 55, at most one month more per month of birth."""
    now, next_month = delay(kind, born).months, delay(kind, born.plus(1)).months
    assert 0 <= now <= MOST[kind]
    assert now <= next_month <= now + 1


@given(KINDS, BIRTHS)
def test_flexible_retirement_keeps_its_bounds(kind: str, born: Month) -> None:
    """第三条: at most three years earlier or later, and never before the old age."""
    figures = ask("retirement_age", kind=kind, born=str(born)).figures
    months = {name: Month(*map(int, figures[name].split("-"))) for name in FLEXIBLE | {"month"} if name in figures}
    month, now = months["month"], Month.of(TODAY)
    if figures["delay_months"] == "0" or month <= now:
        assert not months.keys() & FLEXIBLE
        return
    old = born.plus(OLD_AGE[kind] * 12)
    assert months["latest_month"].since(month) == 36
    if "earliest_month" not in months:
        assert month <= now.plus(3) or month == old
        return
    earliest = months["earliest_month"]
    assert max(old, now.plus(3)) <= earliest < month
    assert earliest in {old, now.plus(3)} or month.since(earliest) == 36


@pytest.mark.parametrize(
    ("kind", "born", "month", "earliest"),
    [
        ("man", "1966-07", "2026-12", None),
        ("man", "1966-10", "2027-04", "2027-02"),
        ("man", "1966-09", "2027-03", "2027-02"),
        ("man", "1966-08", "2027-01", None),
        ("woman_50", "1976-08", "2027-06", "2027-02"),
        ("woman_50", "1984-10", "2039-09", "2036-09"),
    ],
)
def test_nobody_can_retire_before_the_notice_has_run(kind: str, born: str, month: str, earliest: str | None) -> None:
    """人社部发〔2024〕94号: three months' written notice, on 23 November 2026; no line where that reaches the month itself."""
    outcome = ask("retirement_age", kind=kind, born=born)
    assert (outcome.figures["month"], outcome.figures.get("earliest_month")) == (month, earliest)
    assert any(line.startswith("想早点退") for line in outcome.explanation) == (earliest is not None)
    assert "latest_month" in outcome.figures, "a month before it is early enough to agree on going on"


def test_the_minimum_follows_the_year_chosen_and_not_the_later_one() -> None:
    """人社部发〔2024〕94号: early in 2036 18½ years, at the age in 2039 20; who goes on keeps the year of the age."""
    early = ask("retirement_age", kind="woman_50", born="1984-10").explanation
    assert "提前退的，看提前到哪一年：2036年退，最低要缴满18年6个月。" in early
    assert "2039年按月领养老金，最低要缴满20年。" in early
    assert not any(line.startswith("推迟退的") for line in early)
    late = ask("retirement_age", kind="man", born="1968-03").explanation
    assert "推迟退的，还按2029年的最低年限算。" in late


def test_what_is_past_is_not_offered() -> None:
    """Whoever has reached the age is not told how to retire before it, nor how to agree on going on."""
    outcome = ask("retirement_age", kind="man", born="1965年1月")
    assert outcome.verdict == "您的法定退休年龄是60岁1个月，2025年2月已经到龄。"
    assert not any(line.startswith(("想早点退", "想晚点退")) for line in outcome.explanation)
    before = ask("retirement_age", date(2024, 12, 1), kind="man", born="1965年1月")
    assert before.verdict == "您的法定退休年龄是60岁1个月，2025年2月到龄。"


@pytest.mark.parametrize(
    ("year", "months"), [(2025, 180), (2029, 180), (2030, 186), (2031, 192), (2035, 216), (2039, 240), (2060, 240)]
)
def test_minimum_contribution_by_year(year: int, months: int) -> None:
    """第二条: 15 years to 2029, then six months more a year, 20 years from 2039."""
    assert minimum_in(year) == Span(months)


@given(st.integers(2011, 2099))
def test_minimum_contribution_rises_by_half_years(year: int) -> None:
    """第二条: 每年提高六个月, never down."""
    step = minimum_in(year + 1).months - minimum_in(year).months
    assert step == (6 if 2029 <= year < 2039 else 0)


def test_what_is_missing_is_told() -> None:
    """《社会保险法》第十六条: whoever falls short can go on paying."""
    assert figure("minimum_contribution", "short_months", year="2032", paid="十二年半") == "48"
    assert ask("minimum_contribution", year="2032", paid="16年6个月").verdict.startswith("够了")
    assert ask("minimum_contribution", year="2032", paid="16年5个月").verdict.startswith("还差1个月")
    assert "short_months" not in ask("minimum_contribution", year="2032").figures


def test_paying_all_at_once_is_for_few() -> None:
    """《实施〈社会保险法〉若干规定》第二条: only who was insured before 2011-07-01, after five more years."""
    (line,) = (one for one in ask("minimum_contribution", year="2032", paid="10年").explanation if "一次性" in one)
    assert "2011年7月1日以前参保" in line
    assert "延长缴费5年" in line
