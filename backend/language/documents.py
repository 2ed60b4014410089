"""Documents that prove who somebody is: which there are, and the rule of each one's number (``data/documents.yaml``)."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter

from backend.language.identifiers import ID_LENGTH, IdentifierKind, Verdict, check, refused

RESIDENT_ID = "resident_id"
"""The document that is asked for unless another one is chosen."""
_FILE = Path(__file__).parent / "data" / "documents.yaml"
_BETWEEN = re.compile(r"[\s\-–—_·.]")


class DocumentKind(BaseModel):
    """One kind of document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    patterns: tuple[str, ...]
    checked: Literal["as_id", "form", "at_counter"]
    hint: str


@lru_cache(maxsize=1)
def document_kinds() -> dict[str, DocumentKind]:
    """All kinds by id, checked; the resident identity card first."""
    return TypeAdapter(dict[str, DocumentKind]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))


def is_shown_only(kind: str) -> bool:
    """Whether a document of this kind has no number to tell: the original is shown at the counter."""
    known = document_kinds().get(kind)
    return known is not None and known.checked == "at_counter"


def read_document_number(kind: str, text: str) -> Verdict:
    """The number of a document, by its own rule. Raises KeyError for a kind that is none or has no number."""
    document = document_kinds()[kind]
    if document.checked == "at_counter":
        raise KeyError(kind)
    value = _BETWEEN.sub("", unicodedata.normalize("NFKC", text)).upper()
    kept_as: IdentifierKind = "id" if document.checked == "as_id" and len(value) == ID_LENGTH else "document"
    if not any(re.fullmatch(pattern, value) for pattern in document.patterns):
        return refused(kept_as, value, "document.format", label=document.label, hint=document.hint)
    return check(kept_as, value)
