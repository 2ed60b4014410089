"""Table of the vault."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class VaultEntry(Base):
    """One identifier of one owner. Everywhere else stands only its placeholder ``⟦kind:token⟧``."""

    __tablename__ = "vault_entries"
    __table_args__ = (UniqueConstraint("owner", "kind", "fingerprint"),)

    token: Mapped[str] = mapped_column(String(16), primary_key=True)
    kind: Mapped[str] = mapped_column(String(10))
    owner: Mapped[str] = mapped_column(String(80), index=True)
    """Whose conversation it came in: ``conversation:<id>``; others cannot use the placeholder."""
    key_id: Mapped[str] = mapped_column(String(20))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    masked: Mapped[str] = mapped_column(String(40))
    valid: Mapped[bool]
    problem: Mapped[str] = mapped_column(String(200))
    kept_at: Mapped[datetime] = mapped_column(Instant)
