"""What a message asks about the hall itself, by ``data/hall.yaml``: pure, without its hours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.hall.days import NOW, Festival, NamedDay, read_day
from backend.language.script import simplified
from backend.language.text import tidy

_FILE = Path(__file__).parents[1] / "data" / "hall.yaml"
_ASKS = re.compile(
    r"[?？]|[吗嘛呢没不么]$|吗|什么|啥|怎么|咋|多少|好多|多久|好久|几|哪|能不能|是不是|可不可以|要不要|有没有|不[上开休放远]"
)
LONGEST = 30
"""Characters: in a longer message the hall is beside the point."""

About = Literal["lunch", "day", "hours", "way", "parking", "booking", "queue", "phone", "facility", "place"]


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HallAsk(_Data):
    """One thing that is asked about the hall, and how."""

    about: About
    clear: tuple[re.Pattern[str], ...] = ()
    here: tuple[re.Pattern[str], ...] = ()


class HallWords(_Data):
    """The data file."""

    places: tuple[str, ...]
    names: tuple[str, ...]
    """Places that are the hall and nothing else, whatever is talked about."""
    empty: tuple[str, ...]
    money: tuple[str, ...]
    unless: tuple[str, ...]
    asks: tuple[HallAsk, ...]
    festivals: tuple[Festival, ...]
    weekend: tuple[str, ...]
    days_off: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HallQuestion:
    """What is asked about the hall, and for which day, where one is named."""

    about: About
    day: NamedDay | None = None


@lru_cache(maxsize=1)
def hall_words() -> HallWords:
    """The words, checked."""
    return HallWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def hall_question(
    text: str, today: date, *, item_named: bool = False, item_spoken_of: bool = False
) -> HallQuestion | None:
    """Find what is asked about the hall; None where it is something else.

    ``item_named``: an item's name stands beside it; ``item_spoken_of``: 「去哪找你们」 goes on about an item.
    """
    said = simplified(tidy(text)).lower().strip("。！! ")
    words = hall_words()
    if len(said) > LONGEST or not _ASKS.search(said) or any(word in said for word in words.unless):
        return None
    day = read_day(said, today, words.festivals, words.weekend, words.days_off)
    for ask in words.asks:
        if ask.about == "day" and (day is None or _asks_whether_there_is_money(said, day, words)):
            continue
        if ask.about == "place" and item_spoken_of and not any(name in said for name in words.names):
            continue
        if any(pattern.search(said) for pattern in ask.clear) or (not item_named and _asked_here(said, ask, words)):
            return HallQuestion(ask.about, day)
    return None


def _asks_whether_there_is_money(said: str, day: NamedDay, words: HallWords) -> bool:
    named = any(place in said for place in words.places)
    return day.said == NOW and not named and any(money in said for money in words.money)


def _asked_here(said: str, ask: HallAsk, words: HallWords) -> bool:
    """Whether it is asked with the hall named, or with nothing else said."""
    found = next((match for pattern in ask.here if (match := pattern.search(said))), None)
    if found is None:
        return False
    if any(place in said for place in words.places):
        return True
    rest = said[: found.start()] + said[found.end() :]
    for word in sorted(words.empty, key=len, reverse=True):
        rest = rest.replace(word, "")
    return not rest and ask.about not in {"place", "phone"}
