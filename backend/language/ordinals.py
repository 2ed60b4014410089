"""Places in a row: 「第二个」「选3」「②」「最后一个」「倒数第二个」. Only a message that says a place and nothing else is one."""

from __future__ import annotations

import re
import unicodedata

from backend.language.digits import CHINESE_DIGITS
from backend.language.numerals import whole_number

_NUMERAL = rf"(\d{{1,2}}|(?<=第)两|[{CHINESE_DIGITS[1:]}十]{{1,3}})"
"""两 without 第 counts (「两个」: both), it is no place."""
_MEASURE = "[个项条号种件]"
_POINTS = r"(?:[的那这]|那个|这个|吧|啊|呀|嘛|呢|[。，,.!！~～、\s])*"
_ORDINAL = re.compile(rf"(?:就|我?要|我?选择?)*第?{_NUMERAL}\s*{_MEASURE}?{_POINTS}")
_LEADING = re.compile(rf"(?:就|我?要|我?选择?)*第{_NUMERAL}{_MEASURE}")
_CHOOSES = r"(?:就|我?要|我?选择?)*"
_TAIL = r"(?:[那这一1]?[个项条种件]|[的那这是吧啊嘛呢])*"
_FIRST = re.compile(rf"{_CHOOSES}(?:前面|上面|最前面|最上面|头|打头|开头)(?:的|那|这)?{_TAIL}")
_LAST = re.compile(rf"{_CHOOSES}(?:最后面?|后面|下面|最下面|末尾?|最末|末了)(?:的|那|这)?{_TAIL}")
_FROM_THE_END = re.compile(rf"{_CHOOSES}倒(?:数|着数)?的?第?{_NUMERAL}\s*{_MEASURE}?{_POINTS}")


def read_ordinal(text: str) -> int | None:
    """The number of the place said, from 1: 「第二个」「选第3项」「2」."""
    found = _ORDINAL.fullmatch(_plain(text))
    return None if found is None else whole_number(found[1]) or None


def leading_ordinal(text: str) -> int | None:
    """The number of the place that a longer message begins with: 「第二个要带什么」. Without 第 and 个 it is no place."""
    found = _LEADING.match(text.strip())
    return None if found is None else whole_number(found[1]) or None


def read_place(text: str, count: int) -> int | None:
    """The index of the place said in a row of ``count``, from 0; None where it is no place, or beyond the row."""
    said = _plain(text).strip("。，,.!！ ")
    number = read_ordinal(said)
    if number is None and count:
        from_the_end = _FROM_THE_END.fullmatch(said)
        if from_the_end is not None:
            number = count + 1 - whole_number(from_the_end[1])
        else:
            number = 1 if _FIRST.fullmatch(said) else count if _LAST.fullmatch(said) else None
    return number - 1 if number is not None and 1 <= number <= count else None


def _plain(text: str) -> str:
    """With ① and ⑴ as figures."""
    return unicodedata.normalize("NFKC", text).strip("() \t\n")
