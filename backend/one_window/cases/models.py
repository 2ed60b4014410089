"""Tables of cases."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class CaseRow(Base):
    """A case, from its draft on. Its steps tell how it came here."""

    __tablename__ = "cases"
    __table_args__ = (
        Index("ix_cases_owner_state_due_on", "owner", "state", "due_on"),
        Index("ix_cases_unit_state_due_on", "unit", "state", "due_on"),
    )
    """The queue of a clerk, and of a unit."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    number: Mapped[str | None] = mapped_column(String(12), unique=True)
    item: Mapped[str] = mapped_column(String(12), index=True)
    item_version: Mapped[int]
    unit: Mapped[str] = mapped_column(String(2))
    state: Mapped[str] = mapped_column(String(24), index=True)
    conversation: Mapped[str] = mapped_column(String(40), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    notice: Mapped[str | None] = mapped_column(String(12))
    situation: Mapped[dict[str, bool]] = mapped_column(JSON)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)
    """Field id -> {"value": normal form with placeholders, "skipped": bool}."""
    owner: Mapped[str | None] = mapped_column(String(32))
    supplement_until: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    """For ordering queues; the clocks compute it (cases/deadlines.py)."""


class CaseStepRow(Base):
    """One step that was done; never changed."""

    __tablename__ = "case_steps"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    step: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(Instant)
    by_kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str] = mapped_column(String(40))
    note: Mapped[str] = mapped_column(String(1000))
    lines: Mapped[list[dict[str, str]]] = mapped_column(JSON)
