"""Words for somebody else (nlu_data/other_people.yml): whoever says one may be the person's helper, or may not."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "nlu_data" / "other_people.yml"


@lru_cache(maxsize=1)
def other_people() -> tuple[str, ...]:
    """The words."""
    return tuple(yaml.safe_load(_FILE.read_text("utf-8"))["words"])


def names_another(text: str) -> bool:
    """Whether somebody else is spoken of."""
    return any(word in text for word in other_people())
