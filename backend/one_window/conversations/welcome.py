"""What the chat page offers to begin with (``welcome.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

_FILE = Path(__file__).parent / "data" / "welcome.yaml"

Start = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=30)]


class Welcome(BaseModel):
    """The content of welcome.yaml."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    starts: tuple[Start, ...] = Field(min_length=1, max_length=6)


@lru_cache(maxsize=1)
def welcome() -> Welcome:
    """The sentences to begin with."""
    return Welcome.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
