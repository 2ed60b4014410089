"""Table of codes sent to phones."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class PhoneCode(Base):
    """One code sent to a phone; neither the code nor the number can be read from it."""

    __tablename__ = "phone_codes"
    __table_args__ = (Index("ix_phone_codes_phone_sent_at", "phone", "sent_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    placeholder: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(64))
    """Keyed hash of the number: counts codes per phone across conversations."""
    code: Mapped[str] = mapped_column(String(64))
    """Keyed hash of the code."""
    sent_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    tries: Mapped[int] = mapped_column(default=0)
    used: Mapped[bool] = mapped_column(default=False)
