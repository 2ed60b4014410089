"""Remarks at a question: waiting, hesitating, about the conversation, steering. None is an answer (``data/remarks.yaml``)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).parent / "data" / "remarks.yaml"
_SIGNS = re.compile(r"[\W_]+")


class Remark(StrEnum):
    """What somebody does who does not answer."""

    WAITING = "waiting"
    HESITATING = "hesitating"
    META = "meta"
    COMMAND = "command"


class _Remarks(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    waiting: frozenset[str] = Field(min_length=1)
    hesitating: frozenset[str] = Field(min_length=1)
    meta: frozenset[str] = Field(min_length=1)
    commands: frozenset[str] = Field(min_length=1)
    in_no_name: tuple[str, ...] = Field(min_length=1)
    particles: str


def read_remark(text: str) -> Remark | None:
    """The remark that a whole message is; None for what may be an answer."""
    words, plain = _words(), _SIGNS.sub("", text)
    for said in (plain, plain.rstrip(words.particles)):
        for remark, known in (
            (Remark.WAITING, words.waiting),
            (Remark.HESITATING, words.hesitating),
            (Remark.META, words.meta),
            (Remark.COMMAND, words.commands),
        ):
            if said in known:
                return remark
    return None


def is_no_name(text: str) -> bool:
    """Whether words stand in it that no name has: 「我」「吗」「多久」."""
    return any(word in text for word in _words().in_no_name)


@lru_cache(maxsize=1)
def _words() -> _Remarks:
    return _Remarks.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
