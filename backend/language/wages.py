"""Whether a wage is told before or after deductions: 「到手3500」 is not what a law reckons with (``data/wages.yaml``)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from backend.language.alternatives import any_pattern
from backend.language.script import simplified
from backend.language.text import tidy

_FILE = Path(__file__).parent / "data" / "wages.yaml"


class WageWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gross: tuple[str, ...] = Field(min_length=1)
    net: tuple[str, ...] = Field(min_length=1)
    denied: re.Pattern[str]


@lru_cache(maxsize=1)
def wage_words() -> WageWords:
    """The words, checked."""
    return WageWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def is_net_wage(text: str) -> bool:
    """Whether the sum in the text is told as what is paid out, and none before deductions is told beside it."""
    said = re.sub(r"\s", "", simplified(tidy(text)))
    named = [
        found.lastgroup
        for found in _named().finditer(said)
        if wage_words().denied.search(said[: found.start()]) is None
    ]
    return "net" in named and "gross" not in named


@lru_cache(maxsize=1)
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?P<gross>{any_pattern(wage_words().gross)})|(?P<net>{any_pattern(wage_words().net)})")
