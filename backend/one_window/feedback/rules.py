"""Rules and words of feedback, from ``data/``."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import Field

from backend.contracts.feedback import LEVELS, FeedbackKind
from backend.contracts.wire import Wire

_DATA = Path(__file__).parent / "data"


class FeedbackRules(Wire):
    """Terms, names and reasons."""

    answer_days: dict[FeedbackKind, int]
    """Working days until an answer is due."""
    kinds: dict[FeedbackKind, str]
    levels: dict[int, str] = Field(min_length=len(LEVELS), max_length=len(LEVELS))
    low: frozenset[int]
    """Levels that need a reason."""
    reasons: dict[str, str]


class FeedbackWords(Wire):
    """What people read."""

    channels: dict[str, str]
    answered: str
    urged: str


@lru_cache(maxsize=1)
def rules() -> FeedbackRules:
    """The rules."""
    return FeedbackRules.model_validate(yaml.safe_load((_DATA / "rules.yaml").read_text("utf-8")))


@lru_cache(maxsize=1)
def words() -> FeedbackWords:
    """The words."""
    return FeedbackWords.model_validate(yaml.safe_load((_DATA / "wording.yaml").read_text("utf-8")))
