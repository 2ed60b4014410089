"""Base of everything that travels as JSON between the rooms."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Wire(BaseModel):
    """A closed, immutable JSON shape. Unknown fields are refused, so that a misspelt one is named and nothing is lost."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
