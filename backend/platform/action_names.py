"""What people read instead of the names of events and of recorded actions: each feature's ``action_names.yaml``."""

from __future__ import annotations

from pathlib import Path

import yaml
from pydantic import TypeAdapter

ACTION_NAMES: dict[str, str] = {}
"""Of all features declared so far."""
_FILE = TypeAdapter(dict[str, str])


def declare_action_names(file: Path) -> None:
    """Add the names of a feature, where it has any. Raises ValueError for one that is named otherwise already."""
    if not file.exists():
        return
    for action, name in _FILE.validate_python(yaml.safe_load(file.read_text("utf-8"))).items():
        if ACTION_NAMES.setdefault(action, name) != name:
            raise ValueError(f"{file.parent.name}/{file.name}: {action}")
