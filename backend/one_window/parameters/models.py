"""The table of local figures."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class ParameterValue(Base):
    """One value of a local figure. It never changes: another takes its place, or it is withdrawn; both stay readable."""

    __tablename__ = "parameter_values"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    key: Mapped[str] = mapped_column(String(40), index=True)
    area: Mapped[str] = mapped_column(String(6))
    fen: Mapped[int]
    """The amount in fen."""
    from_date: Mapped[date]
    until: Mapped[date | None]
    """Its last day."""
    basis: Mapped[str] = mapped_column(String(200))
    """The document that fixes it."""
    note: Mapped[str] = mapped_column(String(400))
    written_by: Mapped[str] = mapped_column(String(32))
    written_at: Mapped[datetime] = mapped_column(Instant)
    decision: Mapped[str] = mapped_column(String(12))
    """``waiting``, ``confirmed``, ``refused`` or ``withdrawn``."""
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(400), default="")
    """Why it was refused or withdrawn."""
