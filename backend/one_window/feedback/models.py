"""Tables of feedback."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class FeedbackRow(Base):
    """A complaint, suggestion or praise."""

    __tablename__ = "feedback"

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    conversation: Mapped[str] = mapped_column(String(40), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    text: Mapped[str] = mapped_column(String(1200))
    """With placeholders in place of identifiers."""
    received_at: Mapped[datetime] = mapped_column(Instant)
    answer_by: Mapped[date] = mapped_column(Date, index=True)
    answer: Mapped[str] = mapped_column(String(800), default="")
    answered_by: Mapped[str | None] = mapped_column(String(32))
    answered_at: Mapped[datetime | None] = mapped_column(Instant, index=True)


class RatingRow(Base):
    """How somebody was served: once a case, once a conversation; never changed."""

    __tablename__ = "ratings"
    __table_args__ = (UniqueConstraint("conversation", "case_id"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    conversation: Mapped[str] = mapped_column(String(40), index=True)
    case_id: Mapped[str] = mapped_column(String(32), default="")
    """Empty: the conversation itself."""
    item: Mapped[str | None] = mapped_column(String(12))
    unit: Mapped[str | None] = mapped_column(String(2))
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    level: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(String(1200), default="")


class UrgingRow(Base):
    """A case was urged: at most once a working day."""

    __tablename__ = "case_urgings"

    case_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(40), index=True)
