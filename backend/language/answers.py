"""Short answers as people say them, read into values. None: not understood; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from backend.language.months import MONTHS_A_YEAR, Month, Span
from backend.language.numerals import chinese_number, read_number

_YES = {"是", "是的", "对", "对的", "有", "要", "会", "嗯", "满了", "yes", "true", "1"}
_NO = {"不是", "不", "没有", "没", "否", "不要", "不会", "没满", "no", "false", "2"}
_TAIL = re.compile(r"[。.!！,，啊呢哦呀]+$")
_ORDINAL = re.compile(r"(?:第|选|选第)?([一二两三四五六七八九1-9])(?:个|项|条|号)?")
_NUMERAL = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十]+)"
_MONTH = re.compile(r"(\d{1,4}|[零〇一二三四五六七八九]{2,4})\s*[年\-/.]\s*(\d{1,2}|[一二三四五六七八九十]{1,2})(?!\d)")
_COMPACT_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(?:\d{2})?(?!\d)")
_YEARS = re.compile(rf"({_NUMERAL})\s*(?:周?年|岁)(半?)")
_MONTHS = re.compile(rf"({_NUMERAL})\s*个?(半?)月")
_BARE = re.compile(_NUMERAL)
_HALF_A_YEAR = "半年"


def read_yes_no(text: str) -> bool | None:
    """Whether yes or no was said."""
    said = _TAIL.sub("", text).lower()
    if said in _YES:
        return True
    return False if said in _NO else None


def read_choice(text: str, labels: Sequence[str]) -> int | None:
    """Which one is meant: by its words, by a part of only one of them, or by its place (「第二个」)."""
    if text in labels:
        return labels.index(text)
    ordinal = _ORDINAL.fullmatch(text)
    if ordinal is not None:
        place = chinese_number(ordinal.group(1)) if not ordinal.group(1).isdigit() else int(ordinal.group(1))
        return place - 1 if place <= len(labels) else None
    alike = [place for place, label in enumerate(labels) if len(text) > 1 and (text in label or label in text)]
    return alike[0] if len(alike) == 1 else None


def read_month(text: str, today: date) -> Month | None:
    """A month with its year; a year of two digits is the latest such year up to today's."""
    found = _MONTH.search(text) or _COMPACT_MONTH.search(text)
    if found is None:
        return None
    year, number = (int(part) if part.isdigit() else chinese_number(part) for part in found.groups())
    if year < 100:
        year += 2000 if 2000 + year <= today.year else 1900
    return Month(year, number) if year >= 1900 and 1 <= number <= MONTHS_A_YEAR else None


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
