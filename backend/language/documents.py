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
_WITHOUT = re.compile(r"没|不|丢|别的|其他|换")
_BETWEEN = re.compile(r"[\s\-–—_·.]")


class DocumentKind(BaseModel):
    """One kind of document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: str
    names: tuple[str, ...] = ()
    """What people call it besides the label."""
    patterns: tuple[str, ...]
    bare: re.Pattern[str] | None = None
    """Of the masked number, where that says which document it is of."""
    checked: Literal["as_id", "form", "at_counter"]
    hint: str


@lru_cache(maxsize=1)
def document_kinds() -> dict[str, DocumentKind]:
    """All kinds by id, checked; the resident identity card first."""
    return TypeAdapter(dict[str, DocumentKind]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))


def document_named(text: str) -> str | None:
    """The kind of document that a text names, whatever it says of the identity card beside it; None for none, or several."""
    said = unicodedata.normalize("NFKC", text)
    named = {kind: _longest(said, document) for kind, document in document_kinds().items()}
    others = {kind: name for kind, name in named.items() if name and kind != RESIDENT_ID}
    if others:  # 「外国人永久居留身份证」 has 「身份证」 in it
        longest = max(others.values(), key=len)
        kinds = [kind for kind, name in others.items() if name not in longest or name == longest]
        return kinds[0] if len(kinds) == 1 else None
    return RESIDENT_ID if named[RESIDENT_ID] and not _WITHOUT.search(said) else None


def _longest(text: str, document: DocumentKind) -> str:
    """The longest of its names in the text, or nothing."""
    return max((name for name in (document.label, *document.names) if name in text), key=len, default="")


def document_of(masked: str) -> str | None:
    """The kind of document that a masked number of a passport or permit is of (「H*****678」); None where it may be several."""
    found = [
        kind for kind, known in document_kinds().items() if known.bare is not None and known.bare.fullmatch(masked)
    ]
    return found[0] if len(found) == 1 else None


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
