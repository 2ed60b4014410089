"""How much is left of what was granted: 「还剩9个月」「一共12个月，领了3个月」; what was drawn is not what is left (``data/remainders.yaml``)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Literal
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict

from backend.language.durations import NUMERAL, is_range, read_span
from backend.language.quantities import Unclear
from backend.language.script import simplified

_FILE = Path(__file__).parent / "data" / "remainders.yaml"
_LENGTH = re.compile(
    rf"(?:{NUMERAL}\s*年半?(?:零|又)?)?{NUMERAL}\s*个?半?月(?!\s*{NUMERAL}[日号])|{NUMERAL}\s*年半?|半年"
)
_Part = Literal["left", "whole", "drawn"]


class _Words(BaseModel):
    """The data file: patterns of what stands before a length, and right after it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asked: re.Pattern[str]
    left: re.Pattern[str]
    left_after: re.Pattern[str]
    drawn: re.Pattern[str]
    drawn_after: re.Pattern[str]
    whole: re.Pattern[str]


def asks_what_is_left(question: str) -> bool:
    """Whether a question asks how much is left."""
    return _words().asked.search(question) is not None


def read_left(text: str) -> Decimal | Unclear | None:
    """The months that are left; NOT_LEFT where only what was drawn or granted is told. None where no word says which it is."""
    said = simplified(normalize("NFKC", text))
    parts: dict[_Part, Decimal] = {}
    before = 0
    for found in _LENGTH.finditer(said):
        part = _part(said[before : found.start()], said[found.end() :])
        span = None if is_range(said) else read_span(found.group())
        before = found.end()
        if part is None:
            continue
        if span is None or parts.get(part, Decimal(span.months)) != span.months:
            return Unclear.SEVERAL
        parts[part] = Decimal(span.months)
    if "left" in parts:
        return parts["left"]
    if parts.keys() >= {"whole", "drawn"} and parts["whole"] >= parts["drawn"]:
        return parts["whole"] - parts["drawn"]
    return Unclear.NOT_LEFT if parts else None


def _part(lead: str, after: str) -> _Part | None:
    """What a length is, by the words before it, else by those after it."""
    words = _words()
    if words.left.search(lead) or words.left_after.match(after):
        return "left"
    if words.drawn.search(lead):
        return "drawn"
    if words.whole.search(lead):
        return "whole"
    return "drawn" if words.drawn_after.match(after) else None


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
