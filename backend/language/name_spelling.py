"""Names that are told with how they are written: 「弓长张，张伟」「姓和，叫丽」「和平的和，叫和丽」; and what is no name on a card (「老王」).

Words in ``data/name_spelling.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_of, any_pattern
from backend.language.script import HANZI

_FILE = Path(__file__).parent / "data" / "name_spelling.yaml"
_BREAKS = re.compile(r"[\s，,。.；;、：:！!～~]+")
_ASKS = re.compile(r"[?？吗]|什么|啥|哪样|谁|怎么")
_LONGEST = 4
"""Characters of a name that is told so."""


class _Nicknames(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    before: tuple[str, ...]
    after: tuple[str, ...]
    first: str
    last: tuple[str, ...]


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: dict[str, str]
    surname: tuple[str, ...] = Field(min_length=1)
    given: tuple[str, ...] = Field(min_length=1)
    around: tuple[str, ...]
    nicknames: _Nicknames


@dataclass
class _Told:
    """What the parts of a message tell."""

    surname: str = ""
    given: str = ""
    whole: str = ""
    spelt: list[str] = field(default_factory=list)
    """Characters told by what they are made of, or by a word that has them."""

    def name(self, surnames: str) -> str | None:
        """The whole name; None where it does not come together, or a character that was spelt is not in it."""
        if self.given and self.surname and (not self.given.startswith(self.surname) or len(self.given) == 1):
            name = self.surname + self.given
        elif self.given or self.whole:
            name = self.given if len(self.given) > 1 else self.whole
        else:
            name = "".join(self.spelt) if self.spelt and self.spelt[0] in surnames else ""
        fits = all(sign in name for sign in self.spelt) and name.startswith(self.surname)
        return name if 1 < len(name) <= _LONGEST and fits else None


def read_spelt_name(text: str, surnames: str) -> str | None:
    """The name told with how it is written, or in two parts; None for a name that stands alone, or for no such words.

    Empty where such words make no whole name (「姓赵」「弓长张」).

    ``surnames``: the known ones of one character.
    """
    if _ASKS.search(text):
        return None
    told, is_spelt = _Told(), False
    for part in _parts(text):
        pattern, found = next(
            ((name, match) for name, known in _patterns().items() if (match := known.fullmatch(part))), ("", None)
        )
        if found is None:
            return None
        is_spelt = is_spelt or pattern not in {"whole", "given"}
        groups = found.groupdict()
        made_of = groups.get("parts")
        if made_of:
            sign = _words().parts[made_of]
            if groups["made"] not in {None, sign} or not (groups["made"] or (groups["name"] or "").startswith(sign)):
                return None
            told.spelt.append(sign)
        if groups.get("sign"):
            if groups["sign"] not in groups["word"]:
                return None
            told.spelt.append(groups["sign"])
        told.surname = groups.get("surname") or told.surname
        told.given = groups.get("given") or told.given
        told.whole = groups.get("name") or told.whole
    return (told.name(surnames) or "") if is_spelt else None


def read_nickname(text: str, surnames: str) -> str | None:
    """What somebody says that they are called (「老王」 of 「叫我老王就行」), no name on a card; None for anything else."""
    words = _words().nicknames
    said = _BREAKS.sub("", text)
    found = re.fullmatch(
        rf"(?:{any_pattern(words.before)})*(?P<nickname>[{words.first}](?:[{surnames}](?:{any_of(words.last)})?|[{HANZI}]))(?:{any_of(words.after)})*",
        said,
    )
    return None if found is None else found["nickname"]


def _parts(text: str) -> Iterator[str]:
    yield from (part for part in _BREAKS.split(text.strip()) if part)


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    """Of one part of the message, the more particular first."""
    words = _words()
    around, parts = rf"(?:{any_pattern(words.around)})*", any_of(words.parts)
    lead, given = (
        any_pattern(words.surname),
        rf"(?:{any_pattern(words.given)})(?P<given>[{HANZI}]{{1,{_LONGEST}}}?)(?:字)?",
    )
    name = rf"(?P<name>[{HANZI}]{{2,{_LONGEST}}})?"
    made_of = rf"(?:{lead})?{around}(?P<parts>{parts})(?:的?(?P<made>[{HANZI}]))?{around}"
    return {
        "surname and given": re.compile(rf"(?:{lead})(?P<surname>[{HANZI}]){given}"),
        "parts": re.compile(rf"{made_of}{name}"),
        "word": re.compile(rf"(?:{lead})?{around}(?P<word>[{HANZI}]{{2,4}})的(?:那个)?(?P<sign>[{HANZI}])(?:字)?"),
        "surname": re.compile(rf"(?:{lead})(?:一个)?(?P<surname>[{HANZI}])(?:字)?"),
        "given": re.compile(given),
        "whole": re.compile(rf"(?P<name>[{HANZI}]{{2,{_LONGEST}}})"),
    }
