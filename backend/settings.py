"""Settings of the backend, from the environment. Everything has a default that works on one machine."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field, IPvAnyAddress, TypeAdapter
from pydantic_settings import NoDecode

from backend.limiting.counting import RateLimits
from backend.telemetry.settings import HttpUrl, Port, ProcessSettings, RedisUrl, Variable


def _addresses(written: object) -> object:
    """Addresses with spaces between them, each an IP address."""
    if not isinstance(written, str):
        return written
    return frozenset(str(TypeAdapter(IPvAnyAddress).validate_python(address)) for address in written.split())


def _words(written: object) -> object:
    """Words with spaces between them."""
    return frozenset(written.split()) if isinstance(written, str) else written


def _sqlite_under(given: dict[str, Any]) -> str:
    return f"sqlite+aiosqlite:///{given.get('data', Path('var')) / 'daoban.db'}"


class Settings(ProcessSettings):
    """Where data lives and how the backend is reached."""

    database_url: str = Field(
        default_factory=_sqlite_under,
        pattern=r"^(sqlite\+aiosqlite|postgresql\+asyncpg)://",
        examples=["postgresql+asyncpg://…"],
    )
    """SQLAlchemy URL of the hall's database; SQLite under ``data`` unless set."""
    host: str = "127.0.0.1"
    """Address the pages are served on."""
    port: Port = 8700
    """Port the pages are served on."""
    connectors_port: Port = 8702
    """Port of the sockets, where ``public_socket_url`` is not set."""
    assistant_url: HttpUrl = "http://127.0.0.1:8701"
    """Where the assistant answers; the operator's page asks it for its state."""
    connectors_url: HttpUrl = "http://127.0.0.1:8702"
    """Where the connectors answer; the operator's page asks them for their state."""
    public_socket_url: str | None = Field(default=None, pattern=r"^wss?://", examples=["wss://…"])
    """WebSocket base address browsers use; None: the page's own host with ``connectors_port``."""
    public_url: str | None = Field(default=None, pattern=r"^https?://[^/?#@]+/?$", examples=["https://…"])
    """Address people open; None: whatever host the browser names is believed."""
    trusted_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_words)] = frozenset()
    """Other hosts people come by, with spaces between them; only where ``public_url`` is set."""
    secure_cookies: bool = False
    """True behind HTTPS."""
    sms: str = ""
    """Provider of short messages (platform/sms.py); empty: none."""
    proxies: Annotated[frozenset[str], NoDecode, BeforeValidator(_addresses)] = frozenset()
    """IP addresses of our own reverse proxies, with spaces between them."""
    tracker_url: str | None = Field(
        default=None, pattern=r"^(sqlite|postgresql)(\+\w+)?://", examples=["postgresql://…"]
    )
    """SQLAlchemy URL of the assistant's tracker where it is not the file under ``data``; only for backups."""
    redis_url: RedisUrl = ""
    """Redis with the counts of the limits, where several processes share them; empty: each counts for itself."""
    limits: Annotated[RateLimits, Variable()] = Field(default_factory=RateLimits)
    """How much anyone may ask in a minute."""

    @property
    def public_address(self) -> str | None:
        """The public address without a slash at its end."""
        return None if self.public_url is None else self.public_url.rstrip("/")

    @property
    def own_address(self) -> str:
        """Where commands on this machine reach the backend."""
        host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(self.host, self.host)  # noqa: S104  # compared, not bound
        return f"http://{host}:{self.port}"

    @property
    def audit_anchors(self) -> Path:
        """File outside the database that notes the audit trail's newest entry."""
        return self.data / "audit.anchors"

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: object) -> Self:
        """Read ``DAOBAN_*`` variables. Raises WrongSettingError."""
        env = os.environ if environ is None else environ
        return super().from_environment(env, **{"limits": RateLimits.from_environment(env), **given})
