"""Which field of a form is meant when somebody names it: 「单位」「第三个」「刚才的年限」; ``data/field_words.yaml``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from backend.language.alternatives import any_pattern
from backend.language.ordinals import read_place

_FILE = Path(__file__).parent / "data" / "field_words.yaml"
_SIGNS = re.compile(r"[\W_]+")
_SHORTEST = 2
_LEFT_OVER = 1
"""Characters beside the name; more is no name of a field but a value that has its word in it (「云杉石材公司」)."""

_BESIDE_TWO_WORDS = 2
"""The same where two words name it (「单位入职那天」)."""


class _Words(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    by_kind: dict[str, tuple[str, ...]]
    by_label: dict[str, tuple[str, ...]]
    beside_kind: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedField:
    """A field or question as it can be named; ``kind`` is a FieldKind or a QuestionKind."""

    id: str
    label: str
    kind: str


def field_named(said: str, fields: Sequence[NamedField], recent: Sequence[str] = ()) -> str | None:
    """The id of the field that the words name and nothing else; of several that are called so the one asked last.

    ``recent``: ids in the order in which they were asked, the newest first.
    """
    place = read_place(said, len(fields))
    if place is not None:
        return fields[place].id
    plain = _SIGNS.sub("", said)
    fitting = [(word, field) for field in fields if (word := _word_for(plain, field))]
    if not fitting:
        return None
    longest = max(len(word) for word, _ in fitting)
    best = [field.id for word, field in fitting if len(word) == longest]
    return next((one for one in recent if one in best), best[0])


def _word_for(said: str, field: NamedField) -> str:
    """The longest word for the field that, with fillers, is all that is said; empty if none is."""
    words = _words()
    called = {
        field.label,
        field.label.removesuffix("码"),
        field.label.removesuffix("号码"),
        field.label[-2:],
        field.label[:2],
    }
    called |= set(words.by_kind.get(field.kind, ()))
    for part, names in words.by_label.items():
        called |= set(names) if part in field.label else set()
    core = _fillers().sub("", said)
    if len(core) >= _SHORTEST and core in field.label:
        return core
    fitting = [word for word in called if word and word in said and _is_all(said, word)]
    of_kind = words.by_kind.get(field.kind, ())
    parts = {name for part, names in words.beside_kind.items() if part in field.label for name in names}
    fitting += [both for part in parts for both in _beside(part, of_kind, said)]
    return max(fitting, key=len, default="")


def _beside(part: str, of_kind: Sequence[str], said: str) -> list[str]:
    """A word of the label with one of the kind right behind it: 「入职日期」「走的那天」 of 「入职那天」 and 「离开那天」."""
    found = [re.search(rf"{re.escape(part)}的?{re.escape(word)}", said) for word in of_kind]
    return [match[0] for match in found if match is not None and _is_all(said, match[0], _BESIDE_TWO_WORDS)]


def _is_all(said: str, word: str, left_over: int = _LEFT_OVER) -> bool:
    return len(_fillers().sub("", said.replace(word, "", 1))) <= left_over


@lru_cache(maxsize=1)
def _words() -> _Words:
    return _Words.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _fillers() -> re.Pattern[str]:
    return re.compile(any_pattern(_words().fillers))
