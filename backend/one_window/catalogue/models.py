"""Tables of the catalogue."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class ItemVersion(Base):
    """One version of one item. In force is the published one that began last; a draft waits for an editor."""

    __tablename__ = "item_versions"

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    status: Mapped[str] = mapped_column(String(12))
    """``draft``, ``submitted`` (waits for the second pair of eyes), ``published`` or ``discarded``."""
    origin: Mapped[str] = mapped_column(String(12))
    """``delivered`` with the product, or ``edited`` here."""
    delivered_digest: Mapped[str] = mapped_column(String(64))
    """Digest of the delivered edition this version comes from."""
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    published_at: Mapped[datetime] = mapped_column(Instant)
    """When it got its present status."""
    in_force_from: Mapped[datetime] = mapped_column(Instant)
    """Of a published version; later than ``published_at`` where a date was set."""
    based_on: Mapped[int | None]
    """The version it was begun from."""
    edits: Mapped[int] = mapped_column(default=0)
    """How often it was saved: a save that has not seen the last one is refused."""
    authors: Mapped[list[str]] = mapped_column(JSON, default=list)
    """Staff who wrote in it; none of them may approve it."""
    approved_by: Mapped[str | None] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(String(400), default="")
    """What changed and why, in the author's words."""
    answer: Mapped[str] = mapped_column(String(400), default="")
    """Why it was sent back."""


class CatalogueRevision(Base):
    """One row: the version of the catalogue as a whole; grows with every published change."""

    __tablename__ = "catalogue_revisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class CentreField(Base):
    """What the centre has confirmed of itself: address, phone, hours, how to get there. The database is the truth."""

    __tablename__ = "centre_fields"

    name: Mapped[str] = mapped_column(String(30), primary_key=True)
    value: Mapped[str] = mapped_column(String(400))
    confirmed_by: Mapped[str] = mapped_column(String(40))
    """``staff:ID`` or ``service:operations``."""
    at: Mapped[datetime] = mapped_column(Instant)


class AnswerReading(Base):
    """A policy answer or a calculator that somebody has read against its basis and found right."""

    __tablename__ = "answer_readings"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    answer: Mapped[str] = mapped_column(String(40), index=True)
    """Its id: 「Q001」, or the calculator's name."""
    read_on: Mapped[date]
    read_by: Mapped[str] = mapped_column(String(32))
    note: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(Instant)


class MaterialDecision(Base):
    """What was decided about a required material without citation; the newest counts, earlier ones stay."""

    __tablename__ = "material_decisions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    item: Mapped[str] = mapped_column(String(12), index=True)
    material: Mapped[str] = mapped_column(String(60))
    decision: Mapped[str] = mapped_column(String(12))
    """``keep``, ``abolish`` or ``pending``."""
    cite: Mapped[str] = mapped_column(String(200))
    note: Mapped[str] = mapped_column(String(400))
    decided_on: Mapped[date]
    decided_by: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Instant)
