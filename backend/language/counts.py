"""How many of something a message tells where a question counts: 「俩」「双胞胎」「一儿一女」「没有」「半年」 in months (``data/counts.yaml``)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_of
from backend.language.durations import is_range, read_span
from backend.language.numerals import NUMERAL_CHARACTERS, read_number
from backend.language.quantities import Unclear, is_length, read_amount
from backend.language.remainders import asks_what_is_left, read_left
from backend.language.script import simplified

_FILE = Path(__file__).parent / "data" / "counts.yaml"
_SIGNS = re.compile(r"(?:[\s。，,!！~～、…]|\.(?!\d))+")
_NUMERAL = rf"(?:\d{{1,3}}|[{NUMERAL_CHARACTERS}])"


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    numerals: dict[str, str]
    of_people: re.Pattern[str]
    people: dict[str, int]
    kinds_of_people: tuple[str, ...] = Field(min_length=1)
    which: re.Pattern[str]
    in_months: re.Pattern[str]
    in_days: re.Pattern[str]
    longer_than_days: re.Pattern[str]
    none: tuple[re.Pattern[str], ...] = Field(min_length=1)


def says_none(text: str) -> bool:
    """Whether a whole message says that there is none, or nothing is left: 「没得」「没交过」「领完了」「一个月都没有」."""
    said = _SIGNS.sub("", simplified(normalize("NFKC", text)))
    return any(pattern.fullmatch(said) for pattern in _words().none)


def read_count(question: str, text: str) -> Decimal | Unclear:
    """The number told to a question that asks how many; why there is none, where there is not exactly one.

    Where people are counted, words for several are read; where months are, a length in years is; where days are, one in days.
    Elsewhere a length of time is the answer to another question. Where it is asked what is left, what was drawn is no answer.
    """
    words = _words()
    said = simplified(normalize("NFKC", text))
    if says_none(said):
        return Decimal(0)
    left = read_left(said) if asks_what_is_left(question) else None
    if left is not None:
        return left
    for word, numeral in words.numerals.items():
        said = said.replace(word, numeral)
    if words.of_people.search(question):
        people = _people(_SIGNS.sub("", said))
        if people is not None:
            return people
    if words.in_months.search(question):
        span = None if is_range(said) else read_span(said)
        if span is not None and is_length(said):
            return Decimal(span.months)
    amount = read_amount(said)
    in_its_unit = words.in_months.search(question) or (
        words.in_days.search(question) and not words.longer_than_days.search(said)
    )
    is_another_answer = not in_its_unit and amount not in {Unclear.SEVERAL, Unclear.OTHER_KIND} and is_length(said)
    return Unclear.LENGTH if is_another_answer else amount


def _people(said: str) -> Decimal | Unclear | None:
    """How many people the words say; None where a number alone is to be read."""
    words = _words()
    if words.which.search(said):
        return Unclear.NONE
    twins = re.search(rf"({_NUMERAL})胞胎", said)
    if twins is not None:
        return read_number(twins[1])
    counts = {count for word, count in words.people.items() if word in said}
    if counts:
        return Decimal(counts.pop()) if len(counts) == 1 else Unclear.SEVERAL
    parts = re.findall(rf"({_NUMERAL})个?(?:{any_of(words.kinds_of_people)})", said)
    return sum((read_number(part) or Decimal(0) for part in parts), Decimal(0)) if len(parts) > 1 else None


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
