"""Days as people write them: 「2026年10月31日」「10月31号」「上个月15号」「昨天」「二〇二六年十月三十一日」."""

from __future__ import annotations

import re
from datetime import date, timedelta

from backend.language.digits import CHINESE_DIGITS
from backend.language.numerals import whole_number

_NUMERAL = rf"(\d{{1,4}}|[{CHINESE_DIGITS}〇十]{{1,4}})"
_FULL = re.compile(rf"{_NUMERAL}\s*[年\-/.]\s*{_NUMERAL}\s*[月\-/.]\s*{_NUMERAL}\s*[日号]?")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_NO_YEAR = re.compile(rf"{_NUMERAL}\s*月\s*{_NUMERAL}\s*[日号]?")
_RELATIVE_YEAR = {"今年": 0, "去年": -1, "前年": -2, "明年": 1}
_RELATIVE_MONTH = {"上上个月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "这月": 0}
_DAY_OF_MONTH = re.compile(rf"月\s*(\d{{1,2}}|[{CHINESE_DIGITS[1:]}十]{{1,3}})\s*[日号]")
_RELATIVE_DAY = {"大前天": -3, "前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "后天": 2}


def read_date(text: str, today: date) -> date | None:
    """The day meant, or None. Without a year the latest such day up to today is meant."""
    full = _FULL.search(text) or _COMPACT.search(text)
    if full is not None:
        return _day(whole_number(full.group(1)), whole_number(full.group(2)), whole_number(full.group(3)))
    short = _NO_YEAR.search(text)
    if short is not None:
        return _without_year(text, whole_number(short.group(1)), whole_number(short.group(2)), today)
    relative = _DAY_OF_MONTH.search(text)
    if relative is not None:
        for word, months in _RELATIVE_MONTH.items():
            if word in text:
                year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
                return _day(year, month + 1, whole_number(relative.group(1)))
    for word, days in _RELATIVE_DAY.items():
        if word in text:
            return today + timedelta(days=days)
    return None


def _without_year(text: str, month: int, day: int, today: date) -> date | None:
    for word, years in _RELATIVE_YEAR.items():
        if word in text:
            return _day(today.year + years, month, day)
    found = _day(today.year, month, day)
    return found if found is None or found <= today else _day(today.year - 1, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    if year < 100:
        year += 2000
    try:
        return date(year, month, day)
    except ValueError:
        return None
