"""Names of people: what one looks like, how people tell it, how it is masked. Surnames in ``data/names.yaml``."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.script import HANZI

SHORTEST, LONGEST = 2, 20
"""Characters of a name."""
NAME_MARK = "（姓名）"
"""Stands for a name where nobody needs it."""
_FILE = Path(__file__).parent / "data" / "names.yaml"
_SHAPE = re.compile(r"[\u3400-\u9fff]{1,15}(?:·[\u3400-\u9fff]{1,15})*")
_DOTS = str.maketrans({"•": "·", " ": None})
_TAIL = re.compile(r"[。，,.!！~～\s]+$")
_SHORT = "{2,4}"


class _Names(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    introductions: tuple[str, ...] = Field(min_length=1)
    surnames: str = Field(pattern=rf"^[{HANZI}]+$")
    not_names: frozenset[str]


def read_name(text: str) -> str | None:
    """The name told (「我叫和丽军」「阿卜杜拉·买买提」), in Chinese characters with the middle dot, or None."""
    name = _TAIL.sub("", _lead().sub("", text.strip())).translate(_DOTS)
    return name if SHORTEST <= len(name) <= LONGEST and _SHAPE.fullmatch(name) else None


def is_full_name(text: str) -> bool:
    """Whether this is a known surname and a given name, and nothing else: 「和丽军」."""
    return _full_name().fullmatch(text) is not None and text not in _names().not_names


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
def _full_name() -> re.Pattern[str]:
    return re.compile(rf"[{_names().surnames}][{HANZI}]{{1,2}}")


@lru_cache(maxsize=1)
def _introduced() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(_names().introductions)})[:：]?[{HANZI}·]{_SHORT}(?=[，,。 ]|$)")
