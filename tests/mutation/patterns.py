"""Small changes to a regular expression: another quantifier, bound or look-around."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SWAPS = (
    (re.compile(r"(?<=[\])])\?(?!:)|(?<=[\w\u4e00-\u9fff])\?"), ""),
    (re.compile(r"(?<!\\)(?<=[\w\])])\*"), "+"),
    (re.compile(r"(?<!\\)(?<=[\w\])])\+"), "*"),
    (re.compile(r"\(\?!"), "(?="),
    (re.compile(r"\(\?<!"), "(?<="),
    (re.compile(r"\(\?="), "(?!"),
)
_BOUND = re.compile(r"\{(\d*)(,?)(\d*)\}")
_CLASS_RANGE = re.compile(r"\[(\d)-(\d)\]")


def changed_patterns(pattern: str) -> Iterator[str]:
    """The pattern with one small change each."""
    for sought, other in _SWAPS:
        for found in sought.finditer(pattern):
            yield pattern[: found.start()] + other + pattern[found.end() :]
    for found in _BOUND.finditer(pattern):
        least, comma, most = found.groups()
        if most:
            yield f"{pattern[: found.start()]}{{{least}{comma}{int(most) + 1}}}{pattern[found.end() :]}"
        if least.isdigit() and int(least) > 0:
            yield f"{pattern[: found.start()]}{{{int(least) - 1}{comma}{most}}}{pattern[found.end() :]}"
    for found in _CLASS_RANGE.finditer(pattern):
        first, last = int(found[1]), int(found[2])
        if first < last:
            yield f"{pattern[: found.start()]}[{first + 1}-{last}]{pattern[found.end() :]}"
            yield f"{pattern[: found.start()]}[{first}-{last - 1}]{pattern[found.end() :]}"
