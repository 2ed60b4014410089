"""Days that no calendar has are named."""

from __future__ import annotations

import calendar
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.dates import read_date
from backend.language.no_such_day import NoSuchDay, no_such_day, no_such_month

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("said", "none"),
    [
        ("2月30号", NoSuchDay(2026, 2, 30, 28)), ("13月5日", NoSuchDay(None, 13, None, 0)), ("4月31号", NoSuchDay(None, 4, 31, 30)),
        ("2024年2月30日", NoSuchDay(2024, 2, 30, 29)), ("20260431", NoSuchDay(2026, 4, 31, 30)), ("10月32号", NoSuchDay(None, 10, 32, 31)),
        ("2026.13.01", NoSuchDay(2026, 13, None, 0)), ("2025/11/31", NoSuchDay(2025, 11, 31, 30)), ("0月5日", NoSuchDay(None, 0, None, 0)),
        ("5月0号", NoSuchDay(None, 5, 0, 31)), ("9.31", NoSuchDay(None, 9, 31, 30)), ("二月三十", NoSuchDay(2026, 2, 30, 28)),
        ("上上个月31号", NoSuchDay(2026, 9, 31, 30)),
        ("我2月30号走的", NoSuchDay(2026, 2, 30, 28)), ("去年9月31日", NoSuchDay(2025, 9, 31, 30)),
        ("二〇二四年二月三十日", NoSuchDay(2024, 2, 30, 29)), ("二四年二月三十日", NoSuchDay(2024, 2, 30, 29)),
        ("2月1号", None), ("130.5", None), ("13.", None),
        ("2024年2月29日", None), ("上个月31号", None), ("7/3/1990", None), ("三月底", None), ("2个月", None), ("2.5个月", None),
        ("农历二月三十", None), ("去年", None),
        ("10月31日到11月5日", None),
    ],
)  # fmt: skip
def test_a_day_that_is_none(said: str, none: NoSuchDay | None) -> None:
    """With its month's last day; the year where February hangs on it."""
    assert no_such_day(said, TODAY) == none


@given(st.integers(1990, 2026), st.integers(0, 14), st.integers(0, 40))
def test_every_day_is_read_or_named(year: int, month: int, day: int) -> None:
    """Never both, never neither."""
    said = f"{year}年{month}月{day}日"
    exists = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
    assert (read_date(said, TODAY) is not None) is exists
    assert (no_such_day(said, TODAY) is None) is exists


def test_a_month_that_is_none() -> None:
    """Where a month is asked for, a day is not looked at."""
    assert no_such_month("65年13月", TODAY) == NoSuchDay(1965, 13, None, 0)
    assert no_such_month("65年2月30日", TODAY) is None
    assert no_such_month("三月", TODAY) is None


def test_the_refusal_says_what_the_month_has() -> None:
    """And names the year of a February."""
    day, month = no_such_day("2月30号", TODAY), no_such_month("65年13月", TODAY)
    assert day is not None
    assert month is not None
    assert day.problem == ("field.no_such_day", {"month": 2, "day": 30, "last": 28, "of": "2026年"})
    assert month.problem == ("field.no_such_month", {"month": 13})
