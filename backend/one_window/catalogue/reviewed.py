"""What an editor reads again besides items and answers: other features say what stands on law, the catalogue knows none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aiohttp import web

from backend.contracts.catalogue_content import LegalBasis
from backend.contracts.content_review import ReviewedKind


@dataclass(frozen=True, slots=True)
class ReviewedContent:
    """Content that stands on law and was read against it on a day."""

    kind: ReviewedKind
    id: str
    title: str
    topic: str
    text: str
    """What it tells, as the editor reads it."""
    basis: str
    sources: tuple[LegalBasis, ...]
    checked_on: date


REVIEWED: web.AppKey[list[ReviewedContent]] = web.AppKey("reviewed_content", list)
