"""How far apart two syllables are: weighted confusions of recognition and of Yunnan Mandarin (nlu_data/confusions.yml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).parents[2] / "nlu_data" / "confusions.yml"
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw]?)(.*)")
OTHER = 1.0
"""Cost of one feature (initial or final) that is not listed."""


class Confusion(BaseModel):
    """Two sounds that are taken for each other, and how far apart they are (0 to 1)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    sounds: tuple[str, str]
    cost: float = Field(ge=0, le=1)


class Confusions(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    initials: tuple[Confusion, ...]
    finals: tuple[Confusion, ...]
    syllables: tuple[Confusion, ...]
    dropped: float = Field(ge=0, le=1)
    parted_at: tuple[str, ...]


@lru_cache(maxsize=1)
def confusions() -> Confusions:
    """The file, checked."""
    return Confusions.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=4096)
def fold(syllable: str) -> str:
    """One name for all syllables that a listed confusion, or several together, can turn into each other."""
    initials, finals, whole = _tables()
    syllable = _first(whole, syllable)
    initial, final = _parts(syllable)
    return _first(initials, initial) + _first(finals, final)


@lru_cache(maxsize=65536)
def distance(heard: str, meant: str) -> float:
    """0 for the same syllable, the listed cost of a confusion, 1 for each feature that is not listed."""
    _, _, whole = _tables()
    ways = [(heard, 0.0), *whole.get(heard, {}).items()]
    return min(cost + _features(way, meant) for way, cost in ways)


def _features(heard: str, meant: str) -> float:
    initials, finals, _ = _tables()
    (initial, final), (meant_initial, meant_final) = _parts(heard), _parts(meant)
    return _cost(initials, initial, meant_initial) + _cost(finals, final, meant_final)


_Table = Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def _tables() -> tuple[_Table, _Table, _Table]:
    listed = confusions()
    return _table(listed.initials), _table(listed.finals), _table(listed.syllables)


def _table(listed: Iterable[Confusion]) -> _Table:
    table: dict[str, dict[str, float]] = {}
    for confusion in listed:
        one, other = confusion.sounds
        table.setdefault(one, {})[other] = confusion.cost
        table.setdefault(other, {})[one] = confusion.cost
    return table


def _cost(table: _Table, heard: str, meant: str) -> float:
    return 0.0 if heard == meant else table.get(heard, {}).get(meant, OTHER)


def _first(table: _Table, sound: str) -> str:
    return min(sound, *table[sound]) if sound in table else sound


def _parts(syllable: str) -> tuple[str, str]:
    match = _SYLLABLE.fullmatch(syllable)
    return (match[1], match[2]) if match else ("", syllable)
