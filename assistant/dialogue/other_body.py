"""Whether another body's matter is asked about, or only told beside a question of ours: 「户口要迁走，这张卡要处理吗」."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.dialogue.facts.clauses import Clause, clauses
from assistant.understanding.offices import OtherOffice, office_of, says_ours
from backend.language.alternatives import any_pattern

_FILE = Path(__file__).parent / "data" / "of_the_item.yaml"
_WISHES = re.compile(r"我要|我想|想要|想办|要办|需要|帮我|给我")
_ELLIPTICAL = 6
"""Characters: 「护照丢了，怎么补」 asks of what was said before it."""


class _OfTheItem(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    papers: tuple[str, ...] = Field(min_length=1)
    people: tuple[str, ...] = Field(min_length=1)
    does: tuple[str, ...] = Field(min_length=1)
    around: tuple[str, ...] = Field(min_length=1)
    made: tuple[str, ...] = Field(min_length=1)


def asks_whether_it_does(text: str) -> bool:
    """Whether a paper of another office, or what somebody is by it, is asked of the matter talked about: 「户口簿行不」「外地户口能领吗」."""
    asks, made = _of_the_item()
    said = text.strip("。？?！! ")
    return made.search(said) is None and asks.fullmatch(said) is not None


def paper_named(text: str) -> str | None:
    """The paper of another office that such a question names; None for what somebody is."""
    papers = sorted(_of_the_item_words().papers, key=len, reverse=True)
    return next((paper for paper in papers if paper in text and paper not in {"户口", "户籍"}), None)


@lru_cache(maxsize=1)
def _of_the_item_words() -> _OfTheItem:
    return _OfTheItem.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _of_the_item() -> tuple[re.Pattern[str], re.Pattern[str]]:
    words = _of_the_item_words()
    around, named = rf"(?:{any_pattern(words.around)})*", any_pattern((*words.papers, *words.people))
    asks = rf"{around}(?:(?:{named}){around})+(?:{any_pattern(words.does)}){around}"
    return re.compile(asks), re.compile(any_pattern(words.made))


def office_asked_for(text: str) -> OtherOffice | None:
    """The body whose matter is asked for: named in a clause that asks or wishes, or right before one that says nothing of its own.

    None where nothing of theirs is asked, or a word of our own field is said.
    """
    if says_ours(text) or office_of(text) is None:
        return None
    parts = clauses(text)
    named = (
        office_of(f"{before.text}{part.text}" if _elliptical(part) else part.text) for before, part in _asking(parts)
    )
    return next((office for office in named if office is not None), None)


def _asking(parts: list[Clause]) -> list[tuple[Clause, Clause]]:
    """The clauses that ask, or else that wish, each with the one before it."""
    pairs = list(zip([parts[0], *parts], parts, strict=False)) if parts else []
    return [pair for pair in pairs if pair[1].asked] or [pair for pair in pairs if _WISHES.search(pair[1].text)]


def _elliptical(part: Clause) -> bool:
    return len(part.text) <= _ELLIPTICAL
