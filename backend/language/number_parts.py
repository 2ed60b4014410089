"""Figures of a number that is told in parts, one message after the other: 「530799」「1990 0307」「后面是001X」."""

from __future__ import annotations

import re
from functools import lru_cache

from backend.language.digit_runs import Group, digit_runs
from backend.language.identifier_forms import identifier_forms
from backend.language.script import is_hanzi

_COUNTED = frozenset("位年月日岁点元块个天")
_LETTER = re.compile(r"[^\W\d_]")


def figures_told(text: str) -> str:
    """The figures of a message joined, an X at the end included; a numeral among words (「等一下」「前6位」「2026年10月」) is none."""
    groups = [group for run in digit_runs(text) for group in run if not _is_word(text, group)]
    figures = "".join(group.digits for group in groups)
    rest = text[groups[-1].end :] if groups else text
    return figures if figures.endswith("X") or not _ends_with_x(rest) else f"{figures}X"


def _is_word(text: str, group: Group) -> bool:
    """Whether it is one Chinese numeral with a letter beside it, or counts something: figures (「前6位」), days, money."""
    if text[group.end : group.end + 1] in _COUNTED:
        return True
    single = group.end - group.start == 1 and is_hanzi(text[group.start])
    beside = text[max(group.start - 1, 0) : group.start] + text[group.end : group.end + 1]
    return single and any(_LETTER.match(sign) for sign in beside)


def _ends_with_x(rest: str) -> bool:
    return _x().search(rest) is not None


@lru_cache(maxsize=1)
def _x() -> re.Pattern[str]:
    x = "|".join(map(re.escape, identifier_forms().x))
    return re.compile(rf"^(?:{x})(?![A-Za-z\d])|^(?:[^\w]|最后|一位|是|个|再来|加|一个)*(?:{x})\W*$")
