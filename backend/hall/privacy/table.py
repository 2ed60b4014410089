"""How long each kind of data is kept (``data/retention.yaml``)."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import TypeAdapter

from backend.contracts.privacy import KeptKind

_FILE = Path(__file__).parent / "data" / "retention.yaml"
_TABLE = TypeAdapter(dict[str, KeptKind])


@lru_cache(maxsize=1)
def retention_table() -> dict[str, KeptKind]:
    """Kind of data -> how long, in the order of the file."""
    return _TABLE.validate_python(yaml.safe_load(_FILE.read_text("utf-8")))
