"""Limits of dates in forms: which day each stands for, and which of them a date does not keep."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from backend.contracts.date_limits import Crossed, DateLimit, LimitText, crossed, limit_text, parse_limit

TODAY = date(2026, 11, 23)
KNOWN = {"today": TODAY, "birth": date(2004, 2, 29), "left_on": date(2026, 8, 31)}


@pytest.mark.parametrize(
    ("text", "limit", "day"),
    [
        ("today", DateLimit("today"), "2026-11-23"),
        ("birth+14y", DateLimit("birth", months=168), "2018-02-28"),
        ("birth+16y", DateLimit("birth", months=192), "2020-02-29"),
        ("left_on-6m", DateLimit("left_on", months=-6), "2026-02-28"),
        ("left_on+1m", DateLimit("left_on", months=1), "2026-09-30"),
        ("today-30d", DateLimit("today", days=-30), "2026-10-24"),
        ("today+1d", DateLimit("today", days=1), "2026-11-24"),
        ("1999-01-22", DateLimit("1999-01-22"), "1999-01-22"),
        ("1999-01-22+1y", DateLimit("1999-01-22", months=12), "2000-01-22"),
        ("joined_on", DateLimit("joined_on"), None),
        ("p2_left_on-6m", DateLimit("p2_left_on", months=-6), None),
    ],
)
def test_which_day_a_limit_stands_for(text: str, limit: DateLimit, day: str | None) -> None:
    """Days, months and years from today, the birth, another field or a fixed day; none while that is unknown."""
    assert parse_limit(text) == limit
    assert limit.day(KNOWN) == (None if day is None else date.fromisoformat(day))
    assert limit.is_shifted is ("+" in text or text.count("-") in (1, 3))


@pytest.mark.parametrize(
    "text", ["", "Today", "today+", "today+14", "today+1w", "today+1000d", "1999-13-01", "1999-1-1", "+1d", "a-b"]
)  # fmt: skip
def test_what_is_no_limit_is_refused_when_the_file_is_read(text: str) -> None:
    """A misspelt one is not found by an applicant."""
    with pytest.raises(ValueError):
        parse_limit(text)


@pytest.mark.parametrize(
    ("day", "broken"),
    [
        ("2018-02-27", (True, "2018-02-28")),
        ("2018-02-28", None),
        ("2026-08-31", None),
        ("2026-09-01", (False, "2026-08-31")),
        ("2027-01-01", (False, "2026-08-31")),
    ],
)
def test_the_limits_own_day_is_allowed_and_the_next_is_not(day: str, broken: tuple[bool, str] | None) -> None:
    """Before the earlier one, or after the later one; of several the first that is not kept is told."""
    found = crossed(date.fromisoformat(day), ["birth+14y"], ["left_on", "today"], KNOWN)
    assert (None if found is None else (found.is_too_early, found.bound.isoformat())) == broken


def test_an_earlier_limit_is_told_before_a_later_one_and_the_unknown_is_kept() -> None:
    """Nothing is said of a day that is not answered yet."""
    assert crossed(TODAY, ["joined_on"], ["joined_on"], KNOWN) is None
    assert crossed(TODAY, [], [], KNOWN) is None
    both = crossed(TODAY, ["today+1d"], ["today-1d"], KNOWN)
    assert both == Crossed(DateLimit("today", days=1), date(2026, 11, 24), True)
    assert crossed(TODAY, ["joined_on", "today+1d"], [], KNOWN) == both


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        ("today", "今天（2026年11月23日）"),
        ("today+0d", "今天（2026年11月23日）"),
        ("birth+16y", "2020年2月29日（按身份证上的出生日期算）"),
        ("left_on", "离职那天（2026年8月31日）"),
        ("left_on+1m", "2026年9月30日（按离职那天算）"),
        ("1999-01-22", "1999年1月22日"),
    ],
)
def test_how_a_limit_reads(limit: str, told: str) -> None:
    """By its name and its day; what is counted from another day says from which."""
    broken = parse_limit(limit)
    day = broken.day(KNOWN)
    assert day is not None
    assert limit_text(Crossed(broken, day, True), {"left_on": "离职那天"}) == told


def test_a_limit_of_a_file_stays_as_it_is_written() -> None:
    """Checked when it is read."""
    assert TypeAdapter(LimitText).validate_python("left_on-6m") == "left_on-6m"
