"""The table of changes that need a second person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class AccountProposal(Base):
    """A change of an account that takes two people, as proposed; decided by somebody else."""

    __tablename__ = "account_proposals"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    change: Mapped[dict[str, Any]] = mapped_column(JSON)
    """JSON of AccountChange."""
    proposed_by: Mapped[str] = mapped_column(String(32))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    decided_by: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(String(10), index=True)
    """``waiting``, ``approved``, ``refused``, or ``closed`` where it could no longer be done."""
