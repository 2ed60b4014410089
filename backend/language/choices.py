"""Which of several offered things is meant."""

from __future__ import annotations

import re
from collections.abc import Sequence

from backend.language.numerals import NUMERAL_CHARACTERS
from backend.language.ordinals import read_ordinal, read_place

MIN_PART = 2
"""Characters: one alone stands in too many labels."""
_DENIED = re.compile(r"(?:不是|并非|不算|没有?|不要|不想|不会|不用)[^，。,]{0,1}$|[不没未无非]$")
_QUANTITY = re.compile(rf"[\d{NUMERAL_CHARACTERS}半多几.]+\w?")
"""A number with its unit answers another question, though it stand in a label (「55岁」)."""

_COUNTED = re.compile(rf"[\d{NUMERAL_CHARACTERS}]+个")
"""「一个」 counts, 「第一个」 chooses."""


def read_choice(text: str, labels: Sequence[str]) -> int | None:
    """The index of the one meant: by its words, by its place (「第二个」), or by a part of only one of them.

    What denies it says nothing of the others: 「不是买设备」, and 「固定期限」 to 「无固定期限」, choose none.
    """
    if text in labels:
        return labels.index(text)
    if _COUNTED.fullmatch(text):
        return None
    if read_ordinal(text) is not None:
        return read_place(text, len(labels))
    alike = [index for index, label in enumerate(labels) if _is_part(text, label) or _stands_in(label, text)]
    if len(alike) == 1:
        return alike[0]
    return None if alike else read_place(text, len(labels))


def _is_part(text: str, label: str) -> bool:
    return len(text) >= MIN_PART and not _QUANTITY.fullmatch(text) and _stands_in(text, label)


def _stands_in(part: str, whole: str) -> bool:
    """Whether it stands in the other undenied."""
    at = whole.find(part)
    return at >= 0 and not _DENIED.search(whole[:at])
