"""Table of one-time notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class IssuedNotice(Base):
    """A notice as issued; never changed."""

    __tablename__ = "notices"

    number: Mapped[str] = mapped_column(String(12), primary_key=True)
    item: Mapped[str] = mapped_column(String(12), index=True)
    item_version: Mapped[int]
    issued_at: Mapped[datetime] = mapped_column(Instant)
    conversation: Mapped[str | None] = mapped_column(String(40), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    """The whole notice as told (schemas.Notice)."""
