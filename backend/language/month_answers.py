"""A month told as an answer: 「2026年12月」「下个月」「明年一月份开始」; nothing else may be left of the message."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from unicodedata import normalize

from backend.language.alternatives import any_of
from backend.language.date_words import date_words
from backend.language.digits import CHINESE_DIGITS
from backend.language.months import MONTHS_A_YEAR, Month
from backend.language.numerals import whole_number

_MONTH = rf"(?P<month>\d{{1,2}}|[{CHINESE_DIGITS[1:]}十]{{1,3}})月份?"
_YEAR = rf"(?P<full>(?:19|20)?\d{{2}}|[{CHINESE_DIGITS}〇]{{2,4}})"
_AROUND = r"(?:我|想|要|准备|打算|就|那|大概|可以|的话|从|在|是|由|自)*"
_AFTER = r"(?:1[日号]|一号|开始|起|交|缴|参保|的|吧|嘛|啊|呢|哈|就行|就可以|就)*"
_TWO_DIGITS = 100


def read_month_told(text: str, today: date) -> Month | None:
    """The month meant, or None. Without a year it is the next such month, this one included."""
    plain = re.sub(r"\s+", "", normalize("NFKC", text)).strip("。，,.!！~～")
    for pattern in _patterns():
        found = pattern.fullmatch(plain)
        if found is not None:
            return _month_of(found.groupdict(), today)
    return None


def _month_of(told: dict[str, str | None], today: date) -> Month | None:
    words, this = date_words(), Month.of(today)
    if told.get("relative"):
        return this.plus(words.months[str(told["relative"])])
    number = whole_number(str(told["month"]))
    if not 1 <= number <= MONTHS_A_YEAR:
        return None
    if told.get("year"):
        return Month(today.year + words.years[str(told["year"])], number)
    if told.get("full"):
        year = whole_number(str(told["full"]))
        return Month(year + 2000 if year < _TWO_DIGITS else year, number)
    return Month(today.year, number) if number >= this.number else Month(today.year + 1, number)


def month_text(month: Month) -> str:
    """「2026年12月」."""
    return f"{month.year}年{month.number}月"


def kept_month(kept: str) -> Month:
    """The month as it is kept (「2026-12」)."""
    year, number = kept.split("-")
    return Month(int(year), int(number))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], ...]:
    words = date_words()
    years, months = any_of(words.years), any_of(words.months)
    return tuple(
        re.compile(rf"{_AROUND}{one}{_AFTER}")
        for one in (
            rf"(?P<relative>{months})",
            rf"(?:(?P<year>{years})的?)?{_MONTH}",
            rf"{_YEAR}年的?{_MONTH}",
            r"(?P<full>(?:19|20)\d{2})[\-/.、](?P<month>\d{1,2})月?",
            r"(?P<full>(?:19|20)\d{2})(?P<month>0[1-9]|1[0-2])",
        )
    )
