"""Months as values: a month of a year, a length in years and months, the same day some months later."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

MONTHS_A_YEAR = 12


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


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A length of time in months."""

    months: int

    @classmethod
    def of_years(cls, years: int) -> Span:
        """So many whole years."""
        return cls(years * MONTHS_A_YEAR)


def add_months(day: date, count: int) -> date:
    """The same day of a later month; its last day where there is none (《民法典》第二百零二条)."""
    month = Month.of(day).plus(count)
    return date(month.year, month.number, min(day.day, calendar.monthrange(month.year, month.number)[1]))


def whole_months(begins: date, after: date) -> int:
    """Whole months from the first day up to, and not including, ``after``."""
    count = max(Month.of(after).since(Month.of(begins)), 0)
    return count if count == 0 or add_months(begins, count) <= after else count - 1
