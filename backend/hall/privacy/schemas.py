"""JSON shapes of the protection of personal information."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import Field

from backend.core.wire import Wire


class Rotation(Wire):
    """Go on with a rotation of the vault's key; ``begin`` makes a new key unless one is unfinished.

    ``retire``: drop keys that seal nothing any more.
    """

    begin: bool = False
    retire: bool = False


class RotationState(Wire):
    """How far the rotation is."""

    key_id: str
    begun: bool
    """A new key was made by this call."""
    resealed: int
    left: int
    retired: tuple[str, ...] = ()


class AuditQuery(Wire):
    """Which entries: about a subject, by somebody, of an action; before a number, newest first."""

    subject: str = Field(default="", max_length=80)
    by: str = Field(default="", max_length=40)
    action: str = Field(default="", max_length=60)
    before: int = Field(default=0, ge=0, le=2**31 - 1)
    limit: int = Field(default=100, ge=1, le=500)


class AuditEntry(Wire):
    """One entry of the audit trail."""

    seq: int
    at: datetime
    action: str
    subject: str
    by: str
    """``staff:…``, ``service:…``, ``citizen:…``."""
    by_name: str
    on_behalf_of: str
    purpose: str
    details: dict[str, Any]


class AuditList(Wire):
    """Entries, newest first."""

    entries: tuple[AuditEntry, ...]
