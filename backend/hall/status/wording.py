"""Words of the operator's page, from data/wording.yaml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

from backend.contracts.wire import Wire

_FILE = Path(__file__).parent / "data" / "wording.yaml"


class StatusWords(Wire):
    """What the operator reads."""

    processes: dict[str, str]
    states: dict[str, str]
    details: dict[str, str]
    versions: dict[str, str]
    yes: str
    no: str


@lru_cache(maxsize=1)
def words() -> StatusWords:
    """The words."""
    return StatusWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
