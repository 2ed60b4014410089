"""Tables of the catalogue."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.core.database import Base, Instant


class ItemVersion(Base):
    """One version of one item. The highest published version is in force; a draft waits for the editor."""

    __tablename__ = "item_versions"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    """``published`` or ``draft``."""
    origin: Mapped[str] = mapped_column(String(12))
    """``delivered`` with the product, or ``edited`` here."""
    delivered_digest: Mapped[str] = mapped_column(String(64))
    """Digest of the delivered edition this version comes from."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(Instant)


class CatalogueRevision(Base):
    """One row: the version of the catalogue as a whole; grows with every published change."""

    __tablename__ = "catalogue_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]
