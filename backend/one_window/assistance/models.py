"""The table of assistance requests."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class AssistanceRow(Base):
    """A request; a conversation has one at a time that is not done."""

    __tablename__ = "assistance_requests"
    __table_args__ = (Index("ix_assistance_requests_state_requested_at", "state", "requested_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(30))
    conversation: Mapped[str] = mapped_column(String(40), index=True)
    channel: Mapped[str] = mapped_column(String(10))
    item: Mapped[str | None] = mapped_column(String(12))
    topic: Mapped[str | None] = mapped_column(String(40))
    said: Mapped[str] = mapped_column(String(200))
    times: Mapped[int] = mapped_column(default=1)
    requested_at: Mapped[datetime] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(String(8))
    """``waiting``, ``taken`` or ``done``."""
    taken_by: Mapped[str | None] = mapped_column(String(32))
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    note: Mapped[str] = mapped_column(String(600), default="")
