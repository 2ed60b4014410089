"""Lengths of time in years and months: 「4年11个月」「四年半」「半年」「差一个月满5年」「不到10年」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from backend.language.digits import CHINESE_DIGITS
from backend.language.months import MONTHS_A_YEAR
from backend.language.numerals import read_number

_NUMERAL = rf"(?:\d+(?:\.\d+)?|[{CHINESE_DIGITS}〇两十]+)"
_YEARS = re.compile(rf"({_NUMERAL})\s*(?:周?年|岁)(半?)")
_MONTHS = re.compile(rf"({_NUMERAL})\s*个?(半?)月")
_DAYS_BESIDE = re.compile(rf"(?:年|月)\s*(?:零|又|加|和)?\s*({_NUMERAL})\s*[天日]")
_DAYS_A_MONTH = 30
_BARE = re.compile(_NUMERAL)
_HALF_A_YEAR = "半年"
_HALF = Decimal("0.5")

_LENGTH = rf"(?:{_NUMERAL}\s*周?年半?(?:零|又)?(?:{_NUMERAL}\s*个月)?|{_NUMERAL}\s*个?半?月|半年)"
_LACKS = r"(?:还|就|只|才|都|我|，|,|\s)*(?:差|少|缺)(?!不多)(?:了|着)?\s*"
_REACHES = r"(?:的时间)?(?:就|才|便|能|可以|不)?(?:要|会|有|交|干|做|工作)?(?:满|到|够|足|是|有)?(?:了)?\s*"
_SHORTFALL = re.compile(
    rf"(?:{_LACKS}|再(?:过|交|干|有|等|做)?\s*)(?P<lacking>{_LENGTH}){_REACHES}(?P<whole>{_LENGTH})"
    rf"|(?P<whole_first>{_LENGTH}){_LACKS}(?P<lacking_last>{_LENGTH})(?!{_REACHES}{_LENGTH})"
)
UNREACHED = r"(?:还|都)?(?:不到|不满|不足|不够|未满|没满|没到|没有满)"
"""Says, before or after a length, that it is not reached."""
NEARLY_BEFORE, NEARLY_AFTER = r"快要|快|将近|接近|差一点|差点", r"(?:还|就)?(?:差一点|差点)"
"""Says that it nearly is."""
_BELOW = re.compile(
    rf"(?:{UNREACHED}|{NEARLY_BEFORE})(?:了|满|到|够|有|是)?\s*{_LENGTH}|{_LENGTH}(?:{UNREACHED}|{NEARLY_AFTER})(?!{_LENGTH})"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A length of time in months, and days that make no month where they were asked for (``read_span_to_the_day``)."""

    months: int
    days: int = 0

    @classmethod
    def of_years(cls, years: int) -> Span:
        """So many whole years."""
        return cls(years * MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A length told by what it lacks: 「差一个月满5年」「15年还差三个月」「再交两年就满15年」."""

    start: int
    end: int
    span: Span


def shortfalls(text: str) -> Iterator[Shortfall]:
    """Lengths told by what they lack, in order."""
    for found in _SHORTFALL.finditer(text):
        whole = _plain(found["whole"] or found["whole_first"])
        lacking = _plain(found["lacking"] or found["lacking_last"])
        if whole is not None and lacking is not None and lacking < whole:
            yield Shortfall(*found.span(), Span(whole.months - lacking.months))


def read_span(text: str) -> Span | None:
    """A length of time: 「4年11个月」「59个月」「四年半」「半年」; a bare number means years. Parts of a month are dropped.

    None also where two lengths are told. What lacks something is what there is: 「差一个月满5年」 is 59 months.
    Of 「不到5年」 no more is known; one month less is read, so that no threshold counts as reached that is not.
    """
    lacking = next(shortfalls(text), None)
    if lacking is not None:
        return lacking.span
    span = _plain(text)
    below = span is not None and span.months > 0 and _BELOW.search(text)
    return Span(span.months - 1) if span is not None and below else span


def read_span_to_the_day(text: str) -> Span | None:
    """The same with its part of a month as days: 「2个月15天」, 「两个半月」, 「2.5个月」 are 2 months and 15 days.

    None also where the days make a month: how many months they make is asked. Of 「不到3个月」 no day is known.
    """
    span = read_span(text)
    if span is None or next(shortfalls(text), None) is not None or _BELOW.search(text):
        return span
    beside, months = _DAYS_BESIDE.search(text), _MONTHS.search(text)
    days = Decimal(0) if beside is None else _value(beside.group(1))
    if months is not None:
        days += (_value(months.group(1)) % 1 + (_HALF if months.group(2) else 0)) * _DAYS_A_MONTH
    return Span(span.months, int(days)) if days < _DAYS_A_MONTH else None


def _plain(text: str) -> Span | None:
    if len(_YEARS.findall(text)) > 1 or len(_MONTHS.findall(text)) > 1:
        return None  # 「三年或者五年」
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
