"""Tables of staff accounts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class StaffAccount(Base):
    """A member of staff."""

    __tablename__ = "staff_accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    username: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    position: Mapped[str] = mapped_column(String(40))
    password_hash: Mapped[str] = mapped_column(String(200))
    roles: Mapped[list[str]] = mapped_column(JSON)
    units: Mapped[list[str]] = mapped_column(JSON)
    """Unit codes; ``*`` is the comprehensive window that accepts everything."""
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    must_change_password: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    totp: Mapped[str | None] = mapped_column(String(40))
    """Placeholder of the secret of the second step; None: signs in with the password alone."""
    totp_pending: Mapped[str | None] = mapped_column(String(40))
    """The same while its first code has not been told."""
    totp_step: Mapped[int] = mapped_column(default=0)
    """The step whose code was used last; a code works once."""


class StaffSession(Base):
    """A signed-in browser; only the hash of its cookie is kept."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    id: Mapped[str] = mapped_column(String(32), unique=True)
    """Names it in the list of one's own sessions."""
    begun_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    browser: Mapped[str] = mapped_column(String(200))
    address: Mapped[str] = mapped_column(String(45))


class SignInAttempts(Base):
    """Wrong tries with a user name from a network address since the last right one."""

    __tablename__ = "staff_sign_in_attempts"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    """Keyed hash of what was typed as user name, whether there is such an account or not."""
    address: Mapped[str] = mapped_column(String(45), primary_key=True)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    failed_at: Mapped[datetime | None] = mapped_column(Instant)
    succeeded_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the account last signed in from there; None: the address is new to it."""
