"""Clocks and working days: the days people are told are the right ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contracts.catalogue_content import Basis, TimeLimit, TimeUnit
from backend.one_window.cases.deadlines import Pause, read_clock
from backend.platform.working_days import WorkingCalendar, statutory_holidays

CALENDAR = WorkingCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))
LENGTHS = st.integers(1, 90)


def limit(value: int, unit: TimeUnit = TimeUnit.WORKING_DAYS) -> TimeLimit:
    """A limit by law."""
    return TimeLimit(value=value, unit=unit, basis=Basis.LAW, cite="《社会保险经办条例》第二十四条")


def due(start: date, length: int, unit: TimeUnit = TimeUnit.WORKING_DAYS, pauses: tuple[Pause, ...] = ()) -> date:
    """When it is due, never paused at the end."""
    found = read_clock(limit(length, unit), start, pauses, start, CALENDAR).due_on
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2026-02-12", 5, "2026-02-26"),
        ("2026-09-18", 5, "2026-09-24"),
        ("2026-09-30", 10, "2026-10-20"),
        ("2026-04-30", 3, "2026-05-08"),
        ("2026-11-23", 10, "2026-12-07"),
    ],
)
def test_working_days_of_2026(start: str, days: int, expected: str) -> None:
    """国办发明电〔2025〕7号: holidays, and the weekends worked in exchange; the first day is not counted."""
    assert due(date.fromisoformat(start), days) == date.fromisoformat(expected)


def test_calendar_days_are_natural_days() -> None:
    """《工伤保险条例》第二十条: sixty days without 「工作日」."""
    assert due(date(2026, 11, 23), 60, TimeUnit.CALENDAR_DAYS) == date(2027, 1, 22)


def test_a_last_day_on_a_holiday_moves_on() -> None:
    """《民法典》第二百零三条."""
    assert due(date(2026, 9, 26), 5, TimeUnit.CALENDAR_DAYS) == date(2026, 10, 8)


def test_a_month_ends_on_its_last_day_where_the_day_is_missing() -> None:
    """《民法典》第二百零二条; 2026-02-28 is worked in exchange for the Spring Festival."""
    assert due(date(2026, 1, 31), 1, TimeUnit.MONTHS) == date(2026, 2, 28)


@given(DAYS, LENGTHS)
def test_a_longer_limit_is_never_due_earlier(start: date, length: int) -> None:
    """Monotone in the length, and always after the start."""
    assert start < due(start, length) < due(start, length + 1)


@given(DAYS, LENGTHS)
def test_a_due_date_is_a_working_day(start: date, length: int) -> None:
    """Nobody is told a day on which nobody is there."""
    for unit in TimeUnit:
        value = min(length, 12) if unit is TimeUnit.MONTHS else length
        assert CALENDAR.is_working(due(start, value, unit))


@given(DAYS, LENGTHS, st.integers(0, 30), st.integers(0, 30))
def test_a_supplement_never_costs_counted_days(start: date, length: int, before: int, paused: int) -> None:
    """Days while the applicant supplements are not counted: what is left before is left after."""
    begins = start + timedelta(days=before)
    ends = begins + timedelta(days=paused)
    at_pause = read_clock(limit(length), start, (Pause(begins, None),), ends, CALENDAR)
    after = read_clock(limit(length), start, (Pause(begins, ends),), ends, CALENDAR)
    assert at_pause.due_on is None
    assert at_pause.days_used == after.days_used
    assert after.due_on is not None
    assert after.due_on >= due(start, length)


def test_beyond_the_published_calendar_it_is_provisional() -> None:
    """No year is silently counted as if it had no holidays."""
    reading = read_clock(limit(10), date(2026, 12, 25), (), date(2026, 12, 25), CALENDAR)
    assert reading.provisional
    assert date(2027, 1, 1) in statutory_holidays(2027)
    assert not CALENDAR.is_working(date(2027, 1, 1))


@pytest.mark.parametrize("year", range(2025, 2060))
def test_thirteen_statutory_days_a_year(year: int) -> None:
    """《全国年节及纪念日放假办法》第二条 (2024)."""
    assert len(statutory_holidays(year)) in (12, 13)  # the Mid-Autumn day can fall into the National holidays


def test_the_centres_own_table_wins() -> None:
    """《全国年节及纪念日放假办法》第四条: local holidays overlay the national calendar."""
    torch_festival = date(2026, 8, 7)
    assert CALENDAR.is_working(torch_festival)
    assert not WorkingCalendar({torch_festival: False}).is_working(torch_festival)
