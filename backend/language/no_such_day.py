"""Days that no calendar has: 「2月30号」「13月5日」「4月31号」. They are named, so that whoever wrote one sees what is wrong."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from backend.language.alternatives import any_of
from backend.language.date_words import date_words
from backend.language.dates import read_date, two_digit_year, two_readings
from backend.language.digits import CHINESE_DIGITS
from backend.language.months import MONTHS_A_YEAR, Month, read_month
from backend.language.numerals import whole_number

_NUMERAL = rf"(?:\d{{1,4}}|[{CHINESE_DIGITS}〇]{{2,4}})"
_SMALL = rf"(?:\d{{1,2}}|[{CHINESE_DIGITS}十]{{1,3}})"
_BETWEEN = r"[\-/.、—–_·]"
_YEARS = any_of(date_words().years)
_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        rf"(?<!\d)(?P<year>\d{{4}}|\d{{2}}){_BETWEEN}(?P<month>\d{{1,2}})(?:{_BETWEEN}(?P<day>\d{{1,2}}))?(?!\d)",
        rf"(?:(?P<year>{_NUMERAL})年的?|(?P<named>{_YEARS})的?)?(?<!\d)(?P<month>{_SMALL})月份?的?(?:(?P<day>{_SMALL})(?![\d个]))?",
        rf"(?P<of>{any_of(date_words().months)})的?(?P<day>{_SMALL})[日号]",
        r"^(?P<month>\d{1,2})\.(?P<day>\d{1,2})[日号]?$",
    )
)

_FEBRUARY = 2
"""Its last day hangs on the year, which is then said."""


@dataclass(frozen=True, slots=True)
class NoSuchDay:
    """A day that was written. ``day``: None where already the month is none. ``last``: its month's last day."""

    year: int | None
    month: int
    day: int | None
    last: int

    @property
    def problem(self) -> tuple[str, dict[str, int | str]]:
        """The name of the problem that says so, and its details."""
        if self.day is None:
            return "field.no_such_month", {"month": self.month}
        of = "" if self.year is None else f"{self.year}年"
        return "field.no_such_day", {"month": self.month, "day": self.day, "last": self.last, "of": of}


def no_such_day(text: str, today: date) -> NoSuchDay | None:
    """The day written that does not exist; None for one that does, or where none is written."""
    if read_date(text, today) is not None or two_readings(text, today) is not None:
        return None
    return _written(text, today)


def no_such_month(text: str, today: date) -> NoSuchDay | None:
    """The month written that does not exist (「65年13月」); None for one that does, or where none is written."""
    found = None if read_month(text, today) is not None else _written(text, today)
    return found if found is not None and found.day is None else None


def _written(text: str, today: date) -> NoSuchDay | None:
    """The day in the text that does not exist, as the first writing that fits gives it."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    found = next((match for pattern in _WRITTEN if (match := pattern.search(plain))), None)
    return None if found is None else _checked(found.groupdict(), today)


def _checked(parts: dict[str, str | None], today: date) -> NoSuchDay | None:
    year, month = _year(parts, today), _month(parts, today)
    if not _is_month(month):
        return NoSuchDay(year, month, None, 0)
    if not parts.get("day"):
        return None
    day = whole_number(parts["day"] or "")
    last = calendar.monthrange(year or today.year, month)[1]
    year = today.year if year is None and month == _FEBRUARY else year
    return None if 1 <= day <= last else NoSuchDay(year, month, day, last)


def _year(parts: dict[str, str | None], today: date) -> int | None:
    if parts.get("year"):
        year = two_digit_year(whole_number(parts["year"] or ""), today)
        return year if date.min.year <= year <= date.max.year else None
    if parts.get("named"):
        return today.year + date_words().years[parts["named"] or ""]
    return _of(parts, today).year if parts.get("of") else None


def _month(parts: dict[str, str | None], today: date) -> int:
    return _of(parts, today).number if parts.get("of") else whole_number(parts.get("month") or "")


def _of(parts: dict[str, str | None], today: date) -> Month:
    return Month.of(today).plus(date_words().months[parts.get("of") or ""])


def _is_month(number: int) -> bool:
    return 1 <= number <= MONTHS_A_YEAR
