"""Names of people: what one looks like, how people tell it, how it is masked. Surnames in ``data/names.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.name_spelling import read_nickname, read_spelt_name
from backend.language.numerals import has_number
from backend.language.quantities import is_length
from backend.language.script import HANZI

SHORTEST, LONGEST = 2, 20
"""Characters of a name."""
NAME_MARK = "（姓名）"
"""Stands for a name where nobody needs it."""
_FILE = Path(__file__).parent / "data" / "names.yaml"
NAME_HANZI = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""The characters that names are written with: all planes, and 〇, as a class for patterns."""
_SHAPE = re.compile(f"[{NAME_HANZI}]+(?:·[{NAME_HANZI}]+)*")
_DOTS = re.compile(r"(?:\s*[·•‧∙⋅・･●․．.᛫])+\s*")
"""What keyboards give for the middle dot (U+00B7) of names in several parts; two of them are one slip."""
_APOSTROPHES = re.compile(r"(?<=[A-Za-zÀ-ÿ])[’‘ʼʻ`´′＇](?=[A-Za-zÀ-ÿ])")
_LATIN_WORD = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]*"
_LATIN = re.compile(rf"{_LATIN_WORD}(?:,? {_LATIN_WORD}){{1,5}}")
LONGEST_LATIN = 60
_TAIL = re.compile(r"(?:[。，,.!！~～\s]|嘛|噻|哈)+$")
_SHORT = "{2,4}"
_CLAUSES = re.compile(r"[，,。；;！!\s]+")
_BESIDE = re.compile(r"[（(][^（）()]{1,12}[）)]$")
"""What is said of a name in brackets behind it: 「张伟（男）」."""


class _Names(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    introductions: tuple[str, ...] = Field(min_length=1)
    surnames: str = Field(pattern=rf"^[{HANZI}]+$")
    not_names: frozenset[str]
    titles: tuple[str, ...] = Field(min_length=1)


def read_name(text: str) -> str | None:
    """The name told (「我叫和丽军」「阿卜杜拉•买买提」), or None.

    Chinese characters with the middle dot, or, as in a passport, two or more words of Latin capitals. What tells how it is
    written (「弓长张，张伟」) is left out; a length of time or a number is none.
    """
    spelt = read_spelt_name(text, surnames())
    if spelt is not None:
        return spelt or None
    told = _lead().sub("", _told_beside(_BESIDE.sub("", text.strip())))
    told = without_title(_TAIL.sub("", told))
    told = _APOSTROPHES.sub("'", told)
    latin = re.sub(r"\s+", " ", told).upper()
    if len(latin) <= LONGEST_LATIN and _LATIN.fullmatch(latin):
        return latin
    name = re.sub(r"\s+", "", _DOTS.sub("·", told))
    is_name = SHORTEST <= len(name) <= LONGEST and _SHAPE.fullmatch(name) and name not in _names().titles
    return name if is_name and not _is_a_length(name) else None


def _told_beside(text: str) -> str:
    """The clause that tells a name, of several: 「不是我，是我媳妇，叫和春」; the text itself where none or more than one does."""
    parts = [part for part in _CLAUSES.split(text) if part]
    told = [part for part in parts if is_full_name(_TAIL.sub("", _lead().sub("", part))) and _lead().match(part)]
    return told[0] if len(parts) > 1 and len(told) == 1 else text


def _is_a_length(name: str) -> bool:
    """Whether it is rather a length of time (「六年」); 「张百年」 is none."""
    return has_number(name[0]) and is_length(name) and not is_full_name(name)


def without_title(text: str) -> str:
    """What stands before 「先生」 or the like; the text itself where nothing does."""
    found = _title().fullmatch(text)
    return text if found is None else found[1]


def is_introduced(text: str) -> bool:
    """Whether it says itself that a name follows: 「我叫…」「姓名：…」「姓和，叫丽」."""
    return _lead().match(text.strip()) is not None or is_spelt(text)


def is_spelt(text: str) -> bool:
    """Whether a whole name is told with how it is written: 「弓长张，张伟」."""
    return bool(read_spelt_name(text, surnames()))


def nickname(text: str) -> str | None:
    """What somebody says that they are called and that is no name on a card: 「老王」 of 「叫我老王」; None for anything else."""
    return read_nickname(text, surnames())


def is_full_name(text: str) -> bool:
    """Whether this is a known surname and a given name, and nothing else: 「和丽军」."""
    return _full_name().fullmatch(text) is not None and not is_also_a_word(text)


def is_also_a_word(text: str) -> bool:
    """Whether it begins like a surname and is rather a word: 「马上」「何时」."""
    return text in _names().not_names


def surnames() -> str:
    """The known surnames of one character, as a class for patterns: ``[{surnames()}]``."""
    return _names().surnames


def mask_name(name: str) -> str:
    """「和丽军」→「和**」."""
    return name[:1] + "*" * (len(name) - 1)


def hide_names(text: str) -> str:
    """The text with a mark for every name that is told with 「我叫」 or the like."""
    return _introduced().sub(NAME_MARK, text)


@lru_cache(maxsize=1)
def _names() -> _Names:
    return _Names.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _lead() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(_names().introductions)}|叫)[:：\s]*")


@lru_cache(maxsize=1)
def _title() -> re.Pattern[str]:
    return re.compile(rf"(.+?)(?:{'|'.join(map(re.escape, _names().titles))})", re.IGNORECASE)


@lru_cache(maxsize=1)
def _full_name() -> re.Pattern[str]:
    return re.compile(rf"[{_names().surnames}][{NAME_HANZI}]{{1,2}}")


@lru_cache(maxsize=1)
def _introduced() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_names().introductions)})[:：]?[{NAME_HANZI}·]{_SHORT}(?=[，,。 ]|$)")
