"""Forms of identifiers as data: provinces, look-alikes of X and of digits, how cards begin (``data/identifier_forms.yaml``)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).parent / "data" / "identifier_forms.yaml"


class IdentifierForms(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    provinces: frozenset[str] = Field(min_length=31)
    foreigner: str
    x: tuple[str, ...] = Field(min_length=1)
    look_alikes: dict[str, int]
    fillers: tuple[str, ...]
    capitals: dict[str, int]
    card_beginning: str
    card_beginnings: str
    documents_in_text: tuple[str, ...]
    telephone_words: tuple[str, ...]
    chat_words: tuple[str, ...]
    between_word_and_number: tuple[str, ...]
    part_words: tuple[str, ...] = Field(min_length=1)
    between_part_and_number: tuple[str, ...]
    next_part: re.Pattern[str]
    counted: tuple[str, ...]


@lru_cache(maxsize=1)
def identifier_forms() -> IdentifierForms:
    """The data, checked."""
    return IdentifierForms.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def is_province(id_number: str) -> bool:
    """Whether a citizen number or a foreign permanent residence card begins with a province that exists."""
    forms = identifier_forms()
    at = len(forms.foreigner) if id_number.startswith(forms.foreigner) else 0
    return id_number[at : at + 2] in forms.provinces
