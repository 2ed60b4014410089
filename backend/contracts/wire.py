"""Base of everything that travels as JSON between the rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A closed, immutable JSON shape. Unknown fields are refused, so that a misspelt one is named and nothing is lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


def formerly(**new_names: str) -> Callable[[Any], Any]:
    """Read what was stored under an earlier name of a field: a validator for ``model_validator(mode="before")``."""

    def renamed(stored: Any) -> Any:
        return (
            {new_names.get(name, name): value for name, value in stored.items()} if isinstance(stored, dict) else stored
        )

    return renamed
