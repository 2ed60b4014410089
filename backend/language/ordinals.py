"""Places in a row: 「第二个」「选3」「最后一个」. Only a message that says a place and nothing else is one."""

from __future__ import annotations

import re

from backend.language.digits import CHINESE_DIGITS
from backend.language.numerals import whole_number

_NUMERAL = rf"(\d{{1,2}}|(?<=第)两|[{CHINESE_DIGITS[1:]}十]{{1,3}})"
"""两 without 第 counts (「两个」: both), it is no place."""
_MEASURE = "[个项条号种件]"
_POINTS = r"(?:[的那这]|那个|这个|吧|啊|呀|嘛|呢|[。，,.!！~～、\s])*"
_ORDINAL = re.compile(rf"(?:就|我?要|我?选择?)*第?{_NUMERAL}\s*{_MEASURE}?{_POINTS}")
_LEADING = re.compile(rf"(?:就|我?要|我?选择?)*第{_NUMERAL}{_MEASURE}")
_FIRST = re.compile(r"(?:前面|上面)(?:[那这一]?[个项条种件]|[的那这是吧啊嘛呢])*")
_LAST = re.compile(r"(?:最后|后面|下面)(?:[那这一]?[个项条种件]|[的那这是吧啊嘛呢])*")


def read_ordinal(text: str) -> int | None:
    """The number of the place said, from 1: 「第二个」「选第3项」「2」."""
    found = _ORDINAL.fullmatch(text.strip())
    return None if found is None else whole_number(found[1]) or None


def leading_ordinal(text: str) -> int | None:
    """The number of the place that a longer message begins with: 「第二个要带什么」. Without 第 and 个 it is no place."""
    found = _LEADING.match(text.strip())
    return None if found is None else whole_number(found[1]) or None


def read_place(text: str, count: int) -> int | None:
    """The index of the place said in a row of ``count``, from 0; None where it is no place, or beyond the row."""
    said = text.strip("。，,.!！ ")
    number = read_ordinal(said)
    if number is None and count:
        number = 1 if _FIRST.fullmatch(said) else count if _LAST.fullmatch(said) else None
    return number - 1 if number is not None and number <= count else None
