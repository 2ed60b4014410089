"""The words by which facts are read: ``data/*.yaml``, checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.contracts.facts import Certainty, fact_list, holder_list, unknown_facts
from backend.language.alternatives import any_of
from backend.language.wages import wage_words

_DATA = Path(__file__).parent / "data"
PAID = "paid"
"""Contributions whose branch is not said; the subject under discussion decides which fact it is."""


class _Content(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class WordFact(_Content):
    """A value that is told in words."""

    fact: str
    value: str = Field(alias="is")
    words: tuple[str, ...]
    certainty: Literal["hedged"] | None = Field(default=None, alias="as")
    hypothetical_if_asked: bool = False


class Context(_Content):
    """The words that make a length of time, a day or a sum a certain fact."""

    fact: str
    words: tuple[str, ...]
    unless: tuple[str, ...] = ()


class MoneyWords(_Content):
    """What a sum is, by the word nearest to it."""

    wage: tuple[str, ...]
    gross: tuple[str, ...]
    net: tuple[str, ...]
    base: tuple[str, ...]
    part: tuple[str, ...]
    total: tuple[str, ...]


class Contexts(_Content):
    """The file of contexts."""

    durations: tuple[Context, ...]
    not_durations: tuple[str, ...]
    days: tuple[Context, ...]
    not_days: tuple[str, ...]
    money: MoneyWords
    adds: tuple[str, ...]
    sums_up: tuple[str, ...]
    now: tuple[str, ...]
    denied: tuple[str, ...]
    not_money: tuple[str, ...]
    hypothetical: tuple[str, ...]
    hedges: tuple[str, ...]
    claims: tuple[str, ...]
    asks: tuple[str, ...]
    denials: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WordPattern:
    """A compiled value told in words."""

    fact: str
    value: str
    pattern: re.Pattern[str]
    certainty: Certainty
    hypothetical_if_asked: bool


@lru_cache(maxsize=1)
def contexts() -> Contexts:
    """Which fact a measured value is, and the words that hedge, suppose, ask and deny."""
    read = _read("contexts.yaml")
    deductions = {"gross": wage_words().gross, "net": wage_words().net}
    found = Contexts.model_validate({**read, "money": {**read["money"], **deductions}})
    used = [context.fact for context in (*found.durations, *found.days) if context.fact != PAID]
    problems = unknown_facts(dict.fromkeys(used, ()))
    if problems:
        raise ValueError(f"contexts.yaml: {problems}")
    return found


@lru_cache(maxsize=1)
def word_patterns() -> tuple[WordPattern, ...]:
    """Values told in words, in the order in which they are tried. Raises ValueError for a fact or value that is not listed."""
    facts = [WordFact.model_validate(entry) for entry in _read("words.yaml")]
    problems = [problem for fact in facts for problem in unknown_facts({fact.fact: (fact.value,)})]
    if problems:
        raise ValueError(f"words.yaml: {problems}")
    holders = f"(?:{any_of(word for words in holder_words().values() for word in words)})"
    return tuple(
        WordPattern(
            fact.fact,
            fact.value,
            re.compile("|".join(word.replace("{holder}", holders) for word in fact.words)),
            Certainty(fact.certainty or Certainty.STATED),
            fact.hypothetical_if_asked,
        )
        for fact in facts
    )


@lru_cache(maxsize=1)
def holder_words() -> dict[str, tuple[str, ...]]:
    """Words for each holder. Raises ValueError for a holder that is not listed."""
    found = {holder: tuple(words) for holder, words in _read("holders.yaml").items()}
    strangers = found.keys() - holder_list().keys()
    if strangers or not fact_list():
        raise ValueError(f"holders.yaml: {strangers}")
    return found


@lru_cache(maxsize=1)
def holder_pattern() -> re.Pattern[str]:
    """Any word for a person, the longest first."""
    return re.compile(any_of(word for words in holder_words().values() for word in words))


def _read(name: str) -> Any:
    return yaml.safe_load((_DATA / name).read_text("utf-8"))
