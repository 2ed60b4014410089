"""One answer unit, and the words by which units are asked for (``data/units.yaml``)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

OF_ANOTHER = 0.8
"""Worth of what is said of another item of the topic."""
_FILE = Path(__file__).parents[1] / "data" / "units.yaml"


@dataclass(frozen=True, slots=True)
class AnswerUnit:
    """One thing that is said of an item. ``policy``: id of the policy answer that says it, told as such."""

    id: str
    facet: str
    text: str
    asks: tuple[str, ...] = ()
    basis: str = ""
    policy: str | None = None
    questions: tuple[str, ...] = ()
    """Questions that it answers, compared by meaning as well as by words."""
    worth: float = 1.0
    """By which its likeness is multiplied."""

    @property
    def is_of_another(self) -> bool:
        """Whether it is said of another item of the topic."""
        return self.worth <= OF_ANOTHER

    @property
    def told(self) -> str:
        """What is shown of it: an answer to a question that others asked is told with that question, so that another one is seen at once."""
        return f"「{self.questions[0].rstrip('？?')}」：{self.text}" if self.questions else self.text


class UnitWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    asks: dict[str, tuple[str, ...]]
    same: dict[str, str]
    empty: tuple[str, ...]
    asked_for: dict[str, re.Pattern[str]]


@lru_cache(maxsize=1)
def unit_words() -> UnitWords:
    """The words, checked."""
    return UnitWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
