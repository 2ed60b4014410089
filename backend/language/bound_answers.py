"""Answers to whether a length of time is reached, told by the length: 「还差半年」 to 「离退休不到一年了吗」 (``data/bounds.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_pattern
from backend.language.durations import NEARLY_AFTER, NEARLY_BEFORE, NUMERAL, UNREACHED, Span, ranges, read_span
from backend.language.script import simplified

_FILE = Path(__file__).parent / "data" / "bounds.yaml"
_SIGNS = re.compile(r"(?:[\s。!！~～…]|\.(?!\d))+")
_LENGTH = rf"(?:{NUMERAL}个?月|{NUMERAL}周?年半?(?:零|又)?(?:{NUMERAL}个?月)?|{NUMERAL}个半月|半年)"
_ASKS = re.compile(r"[?？]|[吗么][。.!！~～\s]*$|什么|怎么|多少|多久|还是")
_DISTANCE = re.compile(r"离|距")


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reached: str
    below: str
    around: tuple[str, ...] = Field(min_length=1)
    lacks: str
    over: str
    vague: dict[str, str]
    far: tuple[re.Pattern[str], ...]
    passed: tuple[re.Pattern[str], ...]
    echo: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Bound:
    """What a question asks. ``below``: whether it is less than the length, else whether it is reached."""

    span: Span
    below: bool
    is_distance: bool
    """Whether the length is what still lacks: 「离退休」."""

    def answer(self, low: int, high: int) -> bool | None:
        """Yes or no for a length of so many months, at least and at most; None where it may be either."""
        answers = {(months < self.span.months) is self.below for months in (low, high)}
        return answers.pop() if len(answers) == 1 else None


def read_by_bound(question: str, text: str) -> bool | None:
    """Yes (True) or no (False) to a question about a length of time; None where it asks for none, or something else is said."""
    bound = _asked(question)
    if bound is None or _ASKS.search(text):
        return None
    words, said = _words(), _plain(text)
    if says_far_off(text):
        return False
    if bound.below and words.echo.fullmatch(said):
        return True
    if not bound.below and any(pattern.fullmatch(said) for pattern in words.passed):
        return True
    for vague, length in words.vague.items():
        said = said.replace(vague, length)
    return _by_length(bound, said)


def says_far_off(text: str) -> bool:
    """Whether a whole message says that a time is not reached yet: 「早着呢」「还没到」."""
    return any(pattern.fullmatch(_plain(text)) for pattern in _words().far)


def _plain(text: str) -> str:
    return _SIGNS.sub("", simplified(normalize("NFKC", text))).rstrip("，,、")


def _by_length(bound: _Bound, said: str) -> bool | None:
    pair = next(ranges(said), None)
    if pair is not None:
        said, low, high = said[: pair.start] + "1年" + said[pair.end :], pair.low.months, pair.high.months
    found = _told().fullmatch(said)
    if found is None:
        return None
    if pair is None:
        span = read_span(found["length"])
        if span is None:
            return None
        low = high = span.months
    if found["under"]:
        low, high = low - 1, high - 1
    elif found["over"]:
        low, high = low + 1, high + 1
    if found["lacks"] and not bound.is_distance:
        return bound.below  # what lacks to the length asked about: it is not reached
    return bound.answer(low, high)


@lru_cache(maxsize=64)
def _asked(question: str) -> _Bound | None:
    words = _words()
    found = re.search(
        rf"(?:(?P<below>{words.below})|(?P<reached>{words.reached}))了?(?P<length>{_LENGTH})(?![前后])", question
    )
    span = None if found is None else read_span(found["length"])
    if found is None or span is None or "还是" in question:
        return None
    return _Bound(span, found["below"] is not None, _DISTANCE.search(question) is not None)


@lru_cache(maxsize=1)
def _told() -> re.Pattern[str]:
    """A length, what is said of it, and nothing else."""
    words = _words()
    around = rf"(?:{any_pattern(words.around)})*"
    return re.compile(
        rf"{around}(?:(?P<lacks>{words.lacks}){around})?"
        rf"(?:(?P<under>(?:还)?(?:{UNREACHED}|没有?到|没有?满|没有?够|{NEARLY_BEFORE}))(?:了|到|有|满)?|(?P<over>{words.over}))?"
        rf"{around}(?P<length>{_LENGTH}){around}(?:{NEARLY_AFTER}|(?:就|才)(?:到|满|够|退休)(?:了)?)?{around}"
    )


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
