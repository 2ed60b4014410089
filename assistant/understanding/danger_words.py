"""What is heard of danger in one sentence: by the list of ``nlu_data/danger.yml``, and by what was learnt. Without Rasa."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.understanding.danger_kinds import DangerKind, HeardDanger, Whose
from assistant.understanding.danger_model import DangerModel
from assistant.understanding.normaliser import normalise

SHORTEST = 3
"""Fewer characters say too little for what is learnt; the list still hears them."""
PAST = 0.5
"""Where somebody asks about what has happened, what is learnt counts so much, and only beyond doubt."""
MOST = 2.0
"""The signs of one sentence count at most so much."""
_FILE = Path(__file__).parents[2] / "nlu_data" / "danger.yml"
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSES = re.compile(r"[，,。！!？?；;\s]+")


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    always: tuple[str, ...]
    likely: tuple[str, ...]


class _Ordinary(BaseModel):
    """Words of ordinary business that resembles certain kinds of danger."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: frozenset[DangerKind]
    words: tuple[str, ...]


class DangerWords(BaseModel):
    """Kinds of danger with their patterns, the thresholds of what is learnt, and what shows that nobody is in danger now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hard: float
    soft: float
    kinds: dict[DangerKind, _Patterns]
    unless: tuple[str, ...]
    ordinary: tuple[_Ordinary, ...]
    surely_fraud: tuple[str, ...]
    others: str
    eased: tuple[str, ...]


@lru_cache(maxsize=1)
def danger_words() -> DangerWords:
    """The list."""
    return DangerWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def danger_in(text: str) -> DangerKind | None:
    """Kind of the danger that the list finds, None if there is none."""
    found = _listed(text)
    return None if found is None else found[0]


def is_eased(text: str) -> bool:
    """Whether somebody says that it is over, or that help has come."""
    return any(re.search(pattern, normalise(text)) for pattern in danger_words().eased)


def heard_danger(text: str, model: DangerModel | None) -> HeardDanger:
    """What is heard of danger: the list, or what was learnt."""
    words, found = danger_words(), _listed(text)
    sounds = None if model is None or len(_HAN.findall(text)) < SHORTEST else model.hear(text)
    sign = -1.0 if sounds is None else (sounds.margin - words.soft) / (words.hard - words.soft)
    if sounds is not None and sign > 0 and _is_business(normalise(text), sounds.kind):
        sign = sign * PAST if sign > MOST else -1.0
    if found is not None:
        return HeardDanger(sign=max(1.0, min(sign, MOST)), kind=found[0], whose=found[1], listed=True)
    if sounds is None:
        return HeardDanger()
    return HeardDanger(sign=min(sign, MOST), kind=sounds.kind, whose=sounds.whose)


def is_surely_fraud(text: str) -> bool:
    """Whether the pattern of a fraud is told, so that it may be called one."""
    return any(re.search(pattern, normalise(text)) for pattern in danger_words().surely_fraud)


def _is_business(said: str, kind: DangerKind) -> bool:
    """Whether what sounds like this kind is told of the past, or is ordinary business in words that resemble it."""
    resembling = (one.words for one in danger_words().ordinary if kind in one.kinds)
    return _past(said) or any(word in said for words in resembling for word in words)


def _past(said: str) -> bool:
    return any(word in said for word in danger_words().unless)


def _listed(text: str) -> tuple[DangerKind, Whose] | None:
    words = danger_words()
    said = normalise(text)
    past = _past(said)
    for kind, patterns in words.kinds.items():
        looked_for = patterns.always if past else patterns.always + patterns.likely
        for pattern in looked_for:
            match = re.search(pattern, said)
            if match is not None:
                clause = _CLAUSES.split(said[: match.start()])[-1]
                return kind, Whose.OTHER if re.search(words.others, clause) else Whose.SELF
    return None
