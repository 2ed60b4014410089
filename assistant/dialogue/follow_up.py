"""Sentences that only go on about what is talked about, by ``data/follow_up.yaml``: what is asked, of which frame, for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.facts.clauses import last_named
from assistant.dialogue.facts.words import holder_pattern
from assistant.dialogue.state import DialogueState, Frame
from backend.language.script import simplified
from backend.language.text import tidy

LONGEST = 24
_NOT_BUT = re.compile(
    r"不是(?:说|问|要)?(?P<wrong>[\u4e00-\u9fff]{2,6}?)的?[，,。；; ]*(?:而)?(?:是|问的是|说的是|要的是)(?P<right>[\u4e00-\u9fff]{2,6}?)的?[。！!]*$"
)
_FILE = Path(__file__).parent / "data" / "follow_up.yaml"
_ASKS_ABOUT = re.compile(r"呢[?？。]?$")
_SHORTEST_NAME = 3
_SHORTEST_SHARED = 2
"""Characters that a name shares with what is said of it: 「前面社保卡那个」."""


class FollowUpWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: dict[str, tuple[re.Pattern[str], ...]]
    back: tuple[re.Pattern[str], ...]
    empty: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What is asked (an intent, or ``ask_channel``) of a frame; ``holder``: whom it is now about, if that is new."""

    frame: Frame
    asks: str
    holder: str | None = None
    back: bool = False


@lru_cache(maxsize=1)
def follow_up_words() -> FollowUpWords:
    """The words, checked."""
    return FollowUpWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def follow_up(text: str, state: DialogueState) -> FollowUp | None:
    """Find what a sentence asks on; None where it says more than that."""
    frame = state.frame
    said = simplified(tidy(text)).lower()
    if frame is None or len(said) > LONGEST:
        return None
    frame, rest = _back_to(said, state, frame)
    back = rest != said
    named = _shared(rest, frame.name.lower())
    if len(named) >= _SHORTEST_NAME:
        rest = rest.replace(named, " ")
    holder = last_named(said)
    rest = holder_pattern().sub(" ", rest)
    for asks, pattern in ((asks, pattern) for asks, patterns in follow_up_words().asks.items() for pattern in patterns):
        found = max(pattern.finditer(rest), key=lambda match: len(match.group()), default=None)
        if found is not None and found.group() and not _left(rest[: found.start()] + " " + rest[found.end() :]):
            return FollowUp(frame, asks, holder, back)
    if _left(rest):
        return None
    other = holder is not None and holder != frame.holder and _ASKS_ABOUT.search(said) is not None
    return FollowUp(frame, frame.asked, holder, back) if other or back else None


def goes_back(text: str) -> bool:
    """Whether what was talked about before is meant: 「刚才那个」."""
    said = simplified(tidy(text)).lower()
    return any(pattern.search(said) for pattern in follow_up_words().back)


def meant_of(frame: Frame | None, text: str) -> str | None:
    """「不是养老的，是医保的」 while 「转职工养老保险」 is talked about: its name with the right word in it; None for anything else."""
    found = None if frame is None else _NOT_BUT.search(simplified(tidy(text)))
    if frame is None or found is None or found["wrong"] not in frame.name:
        return None
    return frame.name.replace(found["wrong"], found["right"])


def _back_to(said: str, state: DialogueState, frame: Frame) -> tuple[Frame, str]:
    """The frame that is gone back to, and what else is said."""
    found = next((match for pattern in follow_up_words().back if (match := pattern.search(said))), None)
    if found is None or len(state.frames) < _SHORTEST_SHARED:
        return frame, said
    rest = said[: found.start()] + " " + said[found.end() :]
    for one in state.frames:
        shared = _shared(rest, one.name)
        if len(shared) >= _SHORTEST_SHARED:
            return one, rest.replace(shared, " ")
    return state.frames[1], rest


def _shared(said: str, name: str) -> str:
    """The longest run of characters in both."""
    runs = (name[at : at + size] for size in range(len(name), 0, -1) for at in range(len(name) - size + 1))
    return next((run for run in runs if run in said), "")


def _left(rest: str) -> bool:
    """Whether something of its own is said."""
    for word in _empty():
        rest = rest.replace(word, "")
    return bool(rest)


@lru_cache(maxsize=1)
def _empty() -> tuple[str, ...]:
    return tuple(sorted(follow_up_words().empty, key=len, reverse=True))
