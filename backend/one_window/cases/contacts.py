"""How an applicant without a telephone of their own is reached (data/contacts.yaml). Only a clerk at the counter says so."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict

from backend.contracts.cases import Contact

_FILE = Path(__file__).parent / "data" / "contacts.yaml"


class ContactWords(BaseModel):
    """How one way is worded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    says: str = ""
    """What the clerk has to know and to tell."""
    shown: str = "{value}"
    """On the form; ``{value}`` is the masked number."""
    told: str = ""
    """On papers, for the applicant."""


class ContactWays(BaseModel):
    """The content of contacts.yaml, the usual way first."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    own: ContactWords
    relative: ContactWords
    none: ContactWords


@lru_cache(maxsize=1)
def contact_words() -> dict[Contact, ContactWords]:
    """Read once; the check of the feature reads it too."""
    ways = ContactWays.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
    return {way: getattr(ways, way) for way in Contact}


def contact_in(answer: Mapping[str, Any]) -> Contact | None:
    """What a kept answer says of it; None for one's own telephone."""
    kept = answer.get("contact")
    return Contact(kept) if kept else None
