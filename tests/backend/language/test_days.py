"""Days and months as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.language.dates import read_date
from backend.language.digits import by_figure
from backend.language.months import Month, add_months, read_month, whole_months
from backend.language.numerals import counted

TODAY = date(2026, 11, 23)
DAYS = st.dates(date(1950, 1, 1), date(2035, 12, 31))


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2026年10月31日", "2026-10-31"),
        ("2026-10-31", "2026-10-31"),
        ("2026.10.31", "2026-10-31"),
        ("20261031", "2026-10-31"),
        ("二〇二六年十月三十一日", "2026-10-31"),
        ("26年10月31号", "2026-10-31"),
        ("10月31号走的", "2026-10-31"),
        ("12月1号", "2025-12-01"),
        ("去年12月1日", "2025-12-01"),
        ("上个月15号", "2026-10-15"),
        ("前天", "2026-11-21"),
        ("2026年2月30日", None),
        ("很久以前", None),
    ],
)
def test_days_as_people_write_them(said: str, day: str | None) -> None:
    """Without a year the latest such day is meant; an impossible day is not guessed."""
    assert read_date(said, TODAY) == (date.fromisoformat(day) if day else None)


@given(DAYS)
def test_a_whole_date_is_read_in_every_writing(day: date) -> None:
    """Figures or characters, 日 or 号, with points or none."""
    characters = f"{by_figure(str(day.year))}年{counted(day.month)}月{counted(day.day)}号"
    for said in (
        f"{day.year}年{day.month}月{day.day}日",
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day:%Y.%m.%d}",
        characters,
    ):
        assert read_date(said, TODAY) == day
        assert read_month(said, TODAY) == Month.of(day)


@pytest.mark.parametrize(
    ("said", "month"),
    [
        ("1965年3月", Month(1965, 3)), ("1965-03", Month(1965, 3)), ("1965.3", Month(1965, 3)), ("196503", Month(1965, 3)),
        ("65年3月", Month(1965, 3)), ("一九六五年三月", Month(1965, 3)), ("六五年十二月", Month(1965, 12)),
        ("1965年3月7日", Month(1965, 3)), ("19650307", Month(1965, 3)), ("05年3月", Month(2005, 3)),
        ("1965年13月", None), ("1965", None), ("三月", None),
    ],
)  # fmt: skip
def test_months_as_people_say_them(said: str, month: Month | None) -> None:
    """A year of two digits is the latest such year; without a year nothing is guessed."""
    assert read_month(said, TODAY) == month


@given(DAYS, st.integers(0, 600))
def test_months_added_are_months_gone_by(day: date, count: int) -> None:
    """《民法典》第二百零二条: the last day of the month where there is no such day."""
    later = add_months(day, count)
    assert Month.of(later).since(Month.of(day)) == count
    assert whole_months(day, later) == count
