"""Names of people by their surname (nlu_data/surnames.yml)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parents[2] / "nlu_data" / "surnames.yml"


@lru_cache(maxsize=1)
def _known() -> tuple[re.Pattern[str], frozenset[str]]:
    content = yaml.safe_load(_FILE.read_text("utf-8"))
    return re.compile(rf"[{content['surnames']}][\u4e00-\u9fff]{{1,2}}"), frozenset(content["not_names"])


def is_full_name(said: str) -> bool:
    """Whether this is a surname and a given name, and nothing else: 「和丽军」."""
    pattern, not_names = _known()
    return pattern.fullmatch(said) is not None and said not in not_names
