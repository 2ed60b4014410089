"""Digits that stand together in a text, whatever is between them: in any script, in groups, over line breaks.

A short run of signs that are no letters, or of words said in between (嗯, 然后), separates groups; any other letter, a placeholder or more signs end the run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from backend.language.digits import DIGIT_VALUES
from backend.language.identifier_forms import identifier_forms

LONGEST_SEPARATOR = 4
"""Signs between two groups; more set them apart."""
_BEFORE_X = 17
_OTHER_SCRIPTS = "²³¹⁰⁴-⁹₀-₉①-⑨⓪❶-❾➀-➈➊-➒⑴-⑼⒈-⒐"
_NO_WORD = "(?!一[下个次起遍会点样共])"
"""「一下」 after a number in Chinese numerals is a word and not one more digit."""
_NO_DIGIT = "[A-HJ-NP-Za-kmnp-z]"
"""Latin letters that do not look like digits."""
_BRACKETS = "⟦⟧"
_INSTANT = re.compile(
    r"(?<!\d)(?:19|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d"
    r"(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)?(?!\d)"
)
"""An instant as machines write it (RFC 3339): from 13 to 19 o'clock its figures would read like a mobile number."""
_TIGHT = re.compile(r"[\s\-–—‐‑−_·.•/\\|()（）\u00a0\u3000]{0,3}")


@dataclass(frozen=True, slots=True)
class Group:
    """Digits without anything between them, at ``start:end`` of the text. ``digits`` are Arabic, or one X."""

    start: int
    end: int
    digits: str
    before: str
    """The separator in front of it; empty at the head of a run."""
    in_word: bool
    """Whether a Latin letter touches it: part of a code, mostly."""

    @property
    def tight(self) -> bool:
        """Whether what is in front only groups (blanks, strokes, dots, brackets around an area code)."""
        return _TIGHT.fullmatch(self.before) is not None

    @property
    def is_x(self) -> bool:
        """Whether it is the X that ends a citizen number."""
        return self.digits == "X"


def digit_runs(text: str) -> Iterator[list[Group]]:
    """Runs of groups in order. An X is a group of its own; where the number it ends is none, it means nothing."""
    run: list[Group] = []
    instants = [found.span() for found in _INSTANT.finditer(text)]
    for found in _token().finditer(text):
        if any(start <= found.start() < end for start, end in instants):
            continue  # the letter T in it ends the run
        before = text[run[-1].end : found.start()] if run else ""
        if run and not _separates(before):
            yield run
            run, before = [], ""
        is_x = found["x"] is not None
        if is_x and sum(len(group.digits) for group in run) < _BEFORE_X:
            continue  # a letter ends the run, a multiplication sign is one more separator
        digits = "X" if is_x else "".join(_figure(sign) for sign in found[0])
        touched = _latin(text, found.start() - 1) or _latin(text, found.end())
        run.append(Group(found.start(), found.end(), digits, before, in_word=touched and not is_x))
    if run:
        yield run


def _separates(between: str) -> bool:
    between = _fillers().sub("", between)
    if len(between) > LONGEST_SEPARATOR:
        return False
    return not any(sign in _BRACKETS or unicodedata.category(sign)[0] == "L" for sign in between)


def _latin(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isascii() and text[at].isalpha() and text[at] not in "Xx"


def _figure(sign: str) -> str:
    value = _han_digits().get(sign, identifier_forms().look_alikes.get(sign))
    return str(unicodedata.digit(sign) if value is None else value)


@lru_cache(maxsize=1)
def _han_digits() -> dict[str, int]:
    return {**DIGIT_VALUES, **identifier_forms().capitals}


@lru_cache(maxsize=1)
def _fillers() -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, identifier_forms().fillers), key=len, reverse=True)))


@lru_cache(maxsize=1)
def _token() -> re.Pattern[str]:
    """Groups of one script each: 「13800000001一下」 are two. Letters that look like digits count among digits (「138OOOO」), or doubled."""
    x = "|".join(re.escape(word) for word in identifier_forms().x)
    looks = "".join(identifier_forms().look_alikes)
    figures = rf"[\d{_OTHER_SCRIPTS}]"
    alike = rf"(?<![A-Za-z])(?:[{looks}]*{figures}[{looks}\d{_OTHER_SCRIPTS}]*|[{looks}]{{2,}})(?![A-WYZa-wyz])"
    return re.compile(
        rf"(?P<x>(?<!{_NO_DIGIT})(?:{x})(?![A-Za-z]))|{alike}|{figures}+|(?:{_NO_WORD}[{''.join(_han_digits())}])+"
    )
