"""A month of a year, read (「65年3月」) and reckoned with: so many months later, the same day some months later."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from backend.language.digits import CHINESE_DIGITS
from backend.language.numerals import whole_number

MONTHS_A_YEAR = 12
_YEAR_AND_MONTH = re.compile(
    rf"(\d{{1,4}}|[{CHINESE_DIGITS}〇]{{2,4}})\s*[年\-/.]\s*(\d{{1,2}}|[{CHINESE_DIGITS[1:]}十]{{1,3}})(?!\d|\s*个)"
)
_OF_THREE = re.compile(r"(?<!\d)\d{1,2}[\-/.]\d{1,2}[\-/.]\d{2,4}(?!\d)")
"""「3/7/90」: which of the first two is the month, nobody knows."""
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\d{2})?(?!\d)")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year; ``number`` is 1 to 12."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> Month:
        """The month a day lies in."""
        return cls(day.year, day.month)

    def plus(self, months: int) -> Month:
        """So many months later (earlier if negative)."""
        year, number = divmod(self.year * MONTHS_A_YEAR + self.number - 1 + months, MONTHS_A_YEAR)
        return Month(year, number + 1)

    def since(self, other: Month) -> int:
        """Months from the other one to this one."""
        return (self.year - other.year) * MONTHS_A_YEAR + self.number - other.number

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.number:02d}"


def read_month(text: str, today: date) -> Month | None:
    """A month with its year; a year of two digits is the latest such year up to today's.

    A day written in three parts with its year last is not read: it is asked for.
    """
    if _OF_THREE.search(text):
        return None
    found = _YEAR_AND_MONTH.search(text) or _COMPACT.search(text)
    if found is None:
        return None
    year, number = map(whole_number, found.groups())
    if year < 100:
        year += 2000 if 2000 + year <= today.year else 1900
    return Month(year, number) if year >= 1900 and 1 <= number <= MONTHS_A_YEAR else None


def add_months(day: date, count: int) -> date:
    """The same day of a later month; its last day where there is none (《民法典》第二百零二条)."""
    month = Month.of(day).plus(count)
    return date(month.year, month.number, min(day.day, calendar.monthrange(month.year, month.number)[1]))


def whole_months(begins: date, after: date) -> int:
    """Whole months from the first day up to, and not including, ``after``."""
    count = max(Month.of(after).since(Month.of(begins)), 0)
    return count if count == 0 or add_months(begins, count) <= after else count - 1
