"""What figures, outcomes and mistakes are called (``data/words.yaml``): the same words on the page and the terminal."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from backend.contracts.evaluation import Mistake

_FILE = Path(__file__).parent / "data" / "words.yaml"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class MistakeWords(BaseModel):
    """A kind of mistake: its name, and what an editor does about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Words
    do: Words


class ReportWords(BaseModel):
    """The content of words.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figures: dict[str, Words]
    """Names of the totals, in the order they are shown."""
    columns: dict[str, Words]
    """Heads of the table by topic."""
    outcomes: dict[str, Words]
    mistakes: dict[Mistake, MistakeWords] = Field(min_length=len(Mistake))
    """Every kind, in the order they are shown."""


@lru_cache(maxsize=1)
def report_words() -> ReportWords:
    """The words."""
    return ReportWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
