"""Whether a material that somebody wrote by hand is one of the checklist's under another name. Words: data/material_words.yaml."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

from backend.contracts.case_work import ChecklistLine
from backend.language.text import tidy

ALIKE = 0.75
"""Of two names, from 0 to 1: 「解除劳动关系的证明」 and 「解除劳动关系证明书」 are one thing, 「社会保障卡」 and 「社会保障卡银行功能」 two."""
_FILE = Path(__file__).parent / "data" / "material_words.yaml"
_ASIDE = re.compile(r"[（(【\[].*?[）)】\]]")
_NO_LETTER = re.compile(r"[\W_]+")


class MaterialWords(BaseModel):
    """The content of material_words.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dropped: tuple[str, ...]
    separators: tuple[str, ...]
    same: tuple[tuple[str, ...], ...]
    """Names of one thing; the first stands for all."""


@lru_cache(maxsize=1)
def material_words() -> MaterialWords:
    """Read once; the check of the feature reads it too."""
    return MaterialWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def same_material(said: str, listed: Sequence[ChecklistLine]) -> str | None:
    """Id of the listed material that is meant; the most alike of several, None where none is."""
    wanted = _names(said)
    likeness = {
        line.material: max((_alike(one, other) for one in wanted for other in _names(line.name)), default=0.0)
        for line in listed
    }
    best = max(likeness, key=lambda material: likeness[material], default=None)
    return best if best is not None and likeness[best] >= ALIKE else None


@lru_cache(maxsize=4096)
def _names(text: str) -> frozenset[str]:
    """What a material may be called: the whole name and each of its alternatives, in plain words."""
    words = material_words()
    text = _ASIDE.sub("", tidy(text))
    parts = re.split("|".join(map(re.escape, words.separators)), text)
    return frozenset(filter(None, map(_plain, (text, *parts))))


def _plain(name: str) -> str:
    words = material_words()
    whole = _NO_LETTER.sub("", name)
    for dropped in words.dropped:
        name = name.replace(dropped, "")
    name = _NO_LETTER.sub("", name)
    return next((one[0] for one in words.same if name in one or whole in one), name)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
