"""What figures, outcomes and mistakes are called (``data/evaluation_words.yaml``): the same words on the page and the terminal."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, StringConstraints

_FILE = Path(__file__).parent / "data" / "evaluation_words.yaml"
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80)]


class MistakeWords(BaseModel):
    """A kind of mistake: its name, and what an editor does about it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: Words
    do: Words


class ReportWords(BaseModel):
    """The content of evaluation_words.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    figures: dict[str, Words]
    """Names of the totals, in the order they are shown."""
    columns: dict[str, Words]
    """Heads of the table by topic."""
    outcomes: dict[str, Words]
    mistakes: dict[str, MistakeWords]
    """Every kind of mistake (contracts/evaluation.py), in the order they are shown."""


@lru_cache(maxsize=1)
def report_words() -> ReportWords:
    """The words."""
    return ReportWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
