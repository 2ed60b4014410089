"""Lengths of time in years and months: 「4年11个月」「四年半」「半年」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from backend.language.digits import CHINESE_DIGITS
from backend.language.months import MONTHS_A_YEAR
from backend.language.numerals import read_number

_NUMERAL = rf"(?:\d+(?:\.\d+)?|[{CHINESE_DIGITS}〇两十]+)"
_YEARS = re.compile(rf"({_NUMERAL})\s*(?:周?年|岁)(半?)")
_MONTHS = re.compile(rf"({_NUMERAL})\s*个?(半?)月")
_BARE = re.compile(_NUMERAL)
_HALF_A_YEAR = "半年"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A length of time in months."""

    months: int

    @classmethod
    def of_years(cls, years: int) -> Span:
        """So many whole years."""
        return cls(years * MONTHS_A_YEAR)


def read_span(text: str) -> Span | None:
    """A length of time: 「4年11个月」「59个月」「四年半」「半年」; a bare number means years. Parts of a month are dropped."""
    years, months = _YEARS.search(text), _MONTHS.search(text)
    if years is None and months is None:
        if _HALF_A_YEAR in text:
            return Span(MONTHS_A_YEAR // 2)
        return Span(int(_value(text) * MONTHS_A_YEAR)) if _BARE.fullmatch(text) else None
    total = Decimal(0)
    if years is not None:
        total += _value(years.group(1)) * MONTHS_A_YEAR + (MONTHS_A_YEAR // 2 if years.group(2) else 0)
    if months is not None:
        total += _value(months.group(1))
    return Span(int(total))


def _value(numeral: str) -> Decimal:
    return read_number(numeral) or Decimal(0)
