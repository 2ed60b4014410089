"""Numbers of the counter that the centre sets, from data/counter.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).parent / "data" / "counter.yaml"


class CounterRules(BaseModel):
    """The content of counter.yaml; working days."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    due_soon_working_days: int = Field(ge=1, le=30)
    supplement_working_days: int = Field(ge=1, le=60)
    supplement_longest_days: int = Field(ge=1, le=365)
    """Calendar days."""
    statements_most: int = Field(ge=1, le=100)
    """Of one case."""
    cover_longest_days: int = Field(ge=1, le=365)
    """Calendar days, the first and the last included."""


@lru_cache(maxsize=1)
def rules() -> CounterRules:
    """Read once; the check of the feature reads it too."""
    return CounterRules.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
