"""The name of an employer as people tell it: 「以前在云杉石材上班」 names one; 「厂里」「老板在哪」「原来那家」 name nobody.

Words in ``data/employers.yaml``. What is put together of general words alone is no name, though its last word be 公司.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_pattern
from backend.language.identifiers_in_text import find_identifiers
from backend.language.names import surnames
from backend.language.placeholders import has_placeholder
from backend.language.plain_texts import is_name_of_something
from backend.language.script import HANZI
from backend.language.yes_no import read_yes_no

_FILE = Path(__file__).parent / "data" / "employers.yaml"
_LABELS = re.compile(r"(?:单位|公司|用人单位|被申请人）?)(?:名称|全称)?$|培训机构")
_BLANKS = re.compile(r"\s+")
_SIGNS = "。，,.!！~～…、；; "
_SHORTEST = 2
"""Characters of a name that is left when leads and tails are taken off."""


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    leads: tuple[str, ...] = Field(min_length=1)
    tails: tuple[str, ...] = Field(min_length=1)
    generic: tuple[str, ...] = Field(min_length=1)
    pointing: tuple[str, ...] = Field(min_length=1)
    jobs: tuple[str, ...] = Field(min_length=1)
    places: tuple[str, ...] = Field(min_length=1)
    nothing: tuple[str, ...] = Field(min_length=1)
    of_whom: tuple[str, ...] = Field(min_length=1)
    says: tuple[str, ...] = Field(min_length=1)
    remarks: tuple[str, ...] = Field(min_length=1)
    titles: tuple[str, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Patterns:
    """Of a whole message without blanks, but for ``around``."""

    around: re.Pattern[str]
    no_name: tuple[re.Pattern[str], ...]


def asks_for_an_employer(label: str) -> bool:
    """Whether a field of this label takes the name of an employer, a firm or a school."""
    return _LABELS.search(label) is not None


def read_employer(text: str) -> str | None:
    """The name told, without the words around it; None where a message names none: a question, a remark, a general word."""
    said = text.strip(_SIGNS)
    if not is_name_of_something(said) or _names_nobody(said):
        return None
    found = _patterns().around.fullmatch(said)
    name = said if found is None else found["name"].strip(_SIGNS)
    if name == said:
        return said
    if len(name) < _SHORTEST or not is_name_of_something(name) or _names_nobody(name):
        return None
    return name


def _names_nobody(text: str) -> bool:
    plain = _BLANKS.sub("", normalize("NFKC", text))
    told_of_somebody = has_placeholder(text) or bool(find_identifiers(text))
    return (
        told_of_somebody
        or read_yes_no(plain) is not None
        or any(pattern.fullmatch(plain) for pattern in _patterns().no_name)
    )


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    words = _words()
    leads, tails, generic = any_pattern(words.leads), any_pattern(words.tails), any_pattern(words.generic)
    places, titles = any_pattern(words.places), any_pattern(words.titles)
    general = rf"(?:{any_pattern((*words.generic, *words.jobs, *words.pointing, *words.tails))}|吧|了|过|是|叫|里|上|当|做|干|[，,。、])+"
    where = rf"(?:{leads}|在)*(?:{places})[省市县区镇州]?(?:(?:里|那边|这边|那里|里面|城里|一)?的?[一几]?[家个间](?:{generic})|里|那边|这边|那里)?"
    person = rf"(?:[{surnames()}][{HANZI}]?(?:{titles})|[老小阿大][{surnames()}](?:{titles})?)"
    his = rf"(?:{leads})*{person}(?:家|那里|那边|的(?:{generic})?|(?:{generic})里|(?:{tails}))*"
    return _Patterns(
        around=re.compile(rf"(?:{leads})*(?P<name>.+?)(?:{tails})*"),
        no_name=tuple(
            re.compile(one)
            for one in (
                general,
                where,
                his,
                rf"(?:{any_pattern(words.of_whom)})(?:{any_pattern(words.says)})",
                *words.nothing,
                *words.remarks,
            )
        ),
    )
