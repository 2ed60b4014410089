"""Clocks and working days: the days people are told are the right ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.contracts.catalogue_content import Basis, TimeLimit, TimeUnit
from backend.one_window.cases.deadlines import Pause, read_deadline
from backend.platform.working_days import (
    DaySource,
    WorkingCalendar,
    lawful_days_off,
    notice_years,
    statutory_holidays,
)

CALENDAR = WorkingCalendar()
DAYS = st.dates(date(2020, 1, 1), date(2026, 6, 30))
LENGTHS = st.integers(1, 90)


def limit(value: int, unit: TimeUnit = TimeUnit.WORKING_DAYS) -> TimeLimit:
    """A limit by law."""
    return TimeLimit(value=value, unit=unit, basis=Basis.LAW, cite="《社会保险经办条例》第二十四条")


def due(start: date, length: int, unit: TimeUnit = TimeUnit.WORKING_DAYS, pauses: tuple[Pause, ...] = ()) -> date:
    """When it is due, never paused at the end."""
    found = read_deadline(limit(length, unit), start, pauses, start, CALENDAR).due_on
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
    at_pause = read_deadline(limit(length), start, (Pause(begins, None),), ends, CALENDAR)
    after = read_deadline(limit(length), start, (Pause(begins, ends),), ends, CALENDAR)
    assert at_pause.due_on is None
    assert at_pause.days_used == after.days_used
    assert after.due_on is not None
    assert after.due_on >= due(start, length)


def test_beyond_the_published_calendar_it_is_provisional() -> None:
    """No year is silently counted as if it had no holidays."""
    reading = read_deadline(limit(10), date(2026, 12, 25), (), date(2026, 12, 25), CALENDAR)
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


HOLIDAYS = {
    2025: "0101 0128 0129 0130 0131 0404 0501 0502 0531 1001 1002 1003 1006",
    2026: "0101 0216 0217 0218 0219 0405 0501 0502 0619 0925 1001 1002 1003",
    2027: "0101 0205 0206 0207 0208 0405 0501 0502 0609 0915 1001 1002 1003",
    2028: "0101 0125 0126 0127 0128 0404 0501 0502 0528 1001 1002 1003",
}
"""《全国年节及纪念日放假办法》第二条, reckoned by hand from the lunar calendar; in 2028 Mid-Autumn (3 October) is a National Day too."""


@pytest.mark.parametrize("year", HOLIDAYS)
def test_the_statutory_holidays_by_exact_date(year: int) -> None:
    """New Year's Eve to its third day, Qingming, two days of Labour Day, Dragon Boat, Mid-Autumn, three National Days."""
    assert statutory_holidays(year) == {date(year, int(day[:2]), int(day[2:])) for day in HOLIDAYS[year].split()}


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2027-05-01", False), ("2027-05-02", False), ("2027-05-03", False), ("2027-05-04", False), ("2027-05-05", True),  # Saturday and Sunday: two days off
        ("2027-02-05", False), ("2027-02-08", False), ("2027-02-09", False), ("2027-02-10", False), ("2027-02-11", True), ("2027-10-04", False),
        ("2027-10-05", False), ("2027-10-06", True), ("2027-01-01", False), ("2027-01-02", False), ("2027-01-04", True), ("2027-06-09", False),
        ("2027-06-10", True), ("2027-03-06", False), ("2027-03-07", False), ("2027-03-08", True), ("2028-01-01", False), ("2028-01-03", False),
        ("2028-01-04", True),
    ],
)  # fmt: skip
def test_a_holiday_on_a_weekend_is_made_up_for(day: str, worked: bool) -> None:
    """第六条, for a year without a notice: and it is marked provisional."""
    calendar = WorkingCalendar()
    assert calendar.is_working(date.fromisoformat(day)) is worked
    assert calendar.is_provisional(date.fromisoformat(day))


@pytest.mark.parametrize("year", range(2027, 2060))
def test_every_year_has_as_many_weekdays_off_as_holidays(year: int) -> None:
    """Nobody loses one to a weekend."""
    off = lawful_days_off(year)
    assert sum(day.weekday() < 5 for day in off) == len(statutory_holidays(year))


@pytest.mark.parametrize(
    ("year", "qingming"), [(2020, 4), (2021, 4), (2023, 5), (2024, 4), (2027, 5), (2028, 4), (2011, 5), (2012, 4), (2015, 5)]
)  # fmt: skip
def test_the_day_of_tomb_sweeping(year: int, qingming: int) -> None:
    """The solar term, in April, as the almanac has it."""
    assert {day.day for day in statutory_holidays(year) if day.month == 4} == {qingming}


@pytest.mark.parametrize("year", sorted(notice_years()))
def test_published_years_keep_the_statutory_days(year: int) -> None:
    """No notice makes a holiday a working day; its year is not provisional and has working weekends."""
    assert not any(CALENDAR.is_working(day) for day in statutory_holidays(year) if year >= 2025)
    assert not CALENDAR.is_provisional(date(year, 6, 1))
    days = [date(year, 1, 1) + timedelta(days=place) for place in range(365)]
    assert any(CALENDAR.is_working(day) for day in days if day.weekday() >= 5)


def test_the_first_year_without_a_notice_is_the_one_after_the_last() -> None:
    """And the one before the first."""
    first, last = min(notice_years()), max(notice_years())
    assert set(notice_years()) == set(range(first, last + 1))
    assert (first, last >= 2026) == (2004, True)
    assert CALENDAR.is_provisional(date(last + 1, 1, 1))
    assert CALENDAR.is_provisional(date(first - 1, 12, 31))


def test_who_says_whether_a_day_is_worked() -> None:
    """The centre for its own days and the years it entered; a notice; nobody yet."""
    own = date(2026, 12, 1)
    calendar = WorkingCalendar({own: False, date(2027, 5, 1): True}, frozenset({2028}))
    assert calendar.source(own) is DaySource.CENTRE
    assert calendar.source(date(2026, 12, 2)) is DaySource.NOTICE
    assert calendar.source(date(2027, 5, 1)) is DaySource.CENTRE
    assert calendar.source(date(2027, 5, 2)) is DaySource.PROVISIONAL
    assert calendar.source(date(2028, 5, 2)) is DaySource.CENTRE
    assert [calendar.is_provisional(date(year, 5, 2)) for year in (2026, 2027, 2028)] == [False, True, False]
    assert calendar.is_working(date(2027, 5, 1))
    assert not calendar.is_working(own)
    assert calendar.published(own)


@pytest.mark.parametrize(
    ("day", "last"), [("2026-11-23", "2026-11-23"), ("2026-11-21", "2026-11-23"), ("2026-10-01", "2026-10-08"), ("2027-05-01", "2027-05-05")]
)  # fmt: skip
def test_the_next_working_day(day: str, last: str) -> None:
    """The day itself where it is worked."""
    assert CALENDAR.next_working_day(date.fromisoformat(day)) == date.fromisoformat(last)


def test_the_digest_differs_with_the_table() -> None:
    """By it dates are computed anew: another day, another way of it, another year entered; the same table has the same."""
    day, other = date(2026, 12, 1), date(2026, 12, 2)
    tables = [
        WorkingCalendar(),
        WorkingCalendar({day: False}),
        WorkingCalendar({day: True}),
        WorkingCalendar({other: False}),
        WorkingCalendar({day: False}, frozenset({2027})),
        WorkingCalendar({day: False}, frozenset({2028})),
    ]
    assert len({table.digest for table in tables}) == len(tables)
    assert WorkingCalendar({day: False, other: True}).digest == WorkingCalendar({other: True, day: False}).digest
    entered = WorkingCalendar()
    entered.use(({day: False}, frozenset({2027})))
    assert entered.digest == tables[4].digest
