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
    started_by: Mapped[str | None] = mapped_column(String(32), index=True)
    """The clerk who began it at the counter for somebody there; None where the applicant began it."""
    supplement_until: Mapped[date | None] = mapped_column(Date)
    created_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    accepted_at: Mapped[datetime | None] = mapped_column(Instant)
    finished_at: Mapped[datetime | None] = mapped_column(Instant)
    due_on: Mapped[date | None] = mapped_column(Date, index=True)
    """For ordering queues; the deadlines compute it (cases/deadlines.py)."""


class CaseStepRow(Base):
    """One step that was done; never changed."""

    __tablename__ = "case_steps"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    step: Mapped[str] = mapped_column(String(24))
    at: Mapped[datetime] = mapped_column(Instant)
    by_kind: Mapped[str] = mapped_column(String(10))
    by_id: Mapped[str] = mapped_column(String(40))
    deputy_for: Mapped[str | None] = mapped_column(String(32))
    """The absent owner whom the clerk stood in for."""
    note: Mapped[str] = mapped_column(String(1000))
    lines: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    until: Mapped[date | None] = mapped_column(Date)
    """By when the applicant is asked to supplement."""
    why_again: Mapped[str] = mapped_column(String(1000), default="", server_default="")
    """Why a supplement was asked for once more; empty for the first."""


class CaseMark(Base):
    """What was done with one material of a case: received, copied, returned. Lifting a mark deletes it."""

    __tablename__ = "case_marks"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), primary_key=True)
    material: Mapped[str] = mapped_column(String(60), primary_key=True)
    mark: Mapped[str] = mapped_column(String(20), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[str] = mapped_column(String(32))


class CaseNote(Base):
    """An internal note; never changed, never shown to the applicant."""

    __tablename__ = "case_notes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    by_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(String(1000))


class CaseStatement(Base):
    """What the applicant said of a supplement that is asked for, or of a field that is wrong; never changed."""

    __tablename__ = "case_statements"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    line: Mapped[str] = mapped_column(String(1000))
    """Name of the line, or words for the field, that it is about; empty: of the whole supplement."""
    text: Mapped[str] = mapped_column(String(1000))


class CaseCover(Base):
    """Somebody stands in for an absent colleague, first and last day included."""

    __tablename__ = "case_covers"
    __table_args__ = (Index("ix_case_covers_deputy_ends_on", "deputy", "ends_on"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    staff: Mapped[str] = mapped_column(String(32), index=True)
    deputy: Mapped[str] = mapped_column(String(32))
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    arranged_by: Mapped[str] = mapped_column(String(32))
    arranged_at: Mapped[datetime] = mapped_column(Instant)
