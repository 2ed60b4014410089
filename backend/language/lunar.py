"""Days of the lunar calendar: 「农历八月十五」「腊月廿三」「阴历闰四月初一」, by lunardate (1900 to 2099)."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from lunardate import LunarDate

from backend.language.alternatives import any_of
from backend.language.date_words import date_words
from backend.language.digits import CHINESE_DIGITS
from backend.language.numerals import whole_number

_DAY = rf"(初[{CHINESE_DIGITS[1:]}十]|廿[{CHINESE_DIGITS[1:]}]?|卅|\d{{1,2}}|[{CHINESE_DIGITS[1:]}十]{{1,3}})"


def find_lunar(text: str, today: date) -> tuple[re.Match[str], date | None] | None:
    """Where a lunar day stands and which day it is (None: there is no such day); None if the text has none.

    Without a year the latest such day up to today is meant.
    """
    found = _lunar().search(text)
    if found is None or not _is_lunar(found):
        return None
    month = date_words().lunar_months.get(f"{found['named']}月") or whole_number(found["month"])
    day, leap = _day(found["day"]), found["leap"] is not None
    if found["year"]:
        return found, _solar(_year(found["year"], today), month, day, leap=leap)
    this_year = LunarDate.from_solar_date(today.year, today.month, today.day).year
    if found["relative"]:
        return found, _solar(this_year + date_words().years[found["relative"]], month, day, leap=leap)
    for year in range(this_year, this_year - 20, -1):  # a leap month comes back within nineteen years
        solar = _solar(year, month, day, leap=leap)
        if solar is not None and solar <= today:
            return found, solar
    return found, None


def _is_lunar(found: re.Match[str]) -> bool:
    """Whether something in it says so: 「农历」 before or after the year, 「闰」, 「正月」, 「初一」."""
    return any(found[sign] for sign in ("mark", "mark2", "leap", "named")) or found["day"][0] in "初廿卅"


def latest_lunar(month: int, day: int, today: date, years: int = 0) -> date | None:
    """A day of the lunar year ``years`` from this one; for 0 the latest such day up to today. Day 0 is the month's last."""
    this_year = LunarDate.from_solar_date(today.year, today.month, today.day).year
    for year in (this_year + years, *([this_year - 1] if not years else ())):
        solar = solar_day(year, month, day)
        if years or (solar is not None and solar <= today):
            return solar
    return None


def solar_day(year: int, month: int, day: int) -> date | None:
    """A day of a lunar year; day 0 is the month's last one, the thirtieth or the twenty-ninth."""
    if day:
        return _solar(year, month, day, leap=False)
    return _solar(year, month, 30, leap=False) or _solar(year, month, 29, leap=False)


def _year(text: str, today: date) -> int:
    year = whole_number(text)
    if year >= 100:
        return year
    return year + (2000 if year + 2000 <= today.year + 1 else 1900)


def _day(text: str) -> int:
    if text[0] == "初":
        return whole_number(text[1:])
    if text[0] in "廿卅":
        return 30 if text[0] == "卅" else 20 + (whole_number(text[1:]) if len(text) > 1 else 0)
    return whole_number(text)


def _solar(year: int, month: int, day: int, *, leap: bool) -> date | None:
    try:
        return LunarDate(year, month, day, leap).to_solar_date()  # type: ignore[no-any-return]  # lunardate has no types
    except ValueError:
        return None


@lru_cache(maxsize=1)
def _lunar() -> re.Pattern[str]:
    words = date_words()
    mark = rf"(?:{any_of(words.lunar_marks)})的?"
    named = any_of(name.removesuffix("月") for name in words.lunar_months)
    year = rf"(?:(?P<year>\d{{4}}|\d{{2}}|[{CHINESE_DIGITS}〇]{{2,4}})年的?|(?P<relative>{any_of(words.years)})的?)?"
    return re.compile(
        rf"(?P<mark>{mark})?{year}(?P<mark2>{mark})?(?P<leap>闰)?(?:(?P<named>{named})|(?P<month>\d{{1,2}}|[{CHINESE_DIGITS[1:]}十]{{1,2}}))月"
        rf"(?P<day>{_DAY[1:-1]})[日号]?"
    )
