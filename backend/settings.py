"""Settings of the backend, from the environment. Everything has a default that works on one machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.limiting.counting import Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data lives and how the backend is reached."""

    data: Path
    """Folder of everything the product writes: database, secrets, logs."""
    database_url: str
    """SQLAlchemy URL of the hall's database; SQLite under ``data`` unless set."""
    host: str = "127.0.0.1"
    port: int = 8700
    connectors_port: int = 8702
    public_socket_url: str | None = None
    """WebSocket base address browsers use; None: the page's own host with ``connectors_port``."""
    secure_cookies: bool = False
    """True behind HTTPS."""
    json_logs: bool = False
    sms: str = ""
    """Provider of short messages (core/sms.py); empty: none."""
    limits: Limits = field(default_factory=Limits)
    proxies: frozenset[str] = frozenset()
    """Addresses of our own reverse proxies."""
    redis_url: str = ""
    """Redis with the counts of the limits, where several processes share them; empty: each counts for itself."""
    tracker_url: str | None = None
    """SQLAlchemy URL of the assistant's tracker where it is not the file under ``data``; only for backups."""

    @property
    def secrets(self) -> Path:
        """Folder of keys and tokens, mode 700."""
        return self.data / "secrets"

    @property
    def audit_anchors(self) -> Path:
        """File outside the database that notes the audit trail's newest entry."""
        return self.data / "audit.anchors"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``DAOBAN_*`` variables."""
        env = os.environ if environ is None else environ
        data = Path(env.get("DAOBAN_DATA", "var")).resolve()
        return cls(
            data=data,
            database_url=env.get("DAOBAN_DATABASE_URL", f"sqlite+aiosqlite:///{data / 'daoban.db'}"),
            host=env.get("DAOBAN_HOST", "127.0.0.1"),
            port=int(env.get("DAOBAN_PORT", "8700")),
            connectors_port=int(env.get("DAOBAN_CONNECTORS_PORT", "8702")),
            public_socket_url=env.get("DAOBAN_PUBLIC_SOCKET_URL") or None,
            secure_cookies=env.get("DAOBAN_SECURE_COOKIES", "") == "1",
            sms=env.get("DAOBAN_SMS", ""),
            limits=Limits.from_environment(env),
            proxies=frozenset(env.get("DAOBAN_PROXIES", "").split()),
            redis_url=env.get("DAOBAN_REDIS_URL", ""),
            tracker_url=env.get("DAOBAN_TRACKER_URL") or None,
            json_logs=env.get("DAOBAN_LOG", "console") == "json",
        )
