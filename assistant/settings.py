"""Settings of the assistant, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """Where data, models and the backend are."""

    data: Path
    backend_url: str
    host: str = "127.0.0.1"
    port: int = 8701
    json_logs: bool = False
    tracker_url: str = ""
    """SQLAlchemy URL of the tracker store; SQLite under ``data`` unless set."""
    redis_url: str = ""
    """Redis with the locks of several assistants; empty: this is the only one."""

    @property
    def tracker(self) -> str:
        """The tracker store's URL."""
        return self.tracker_url or f"sqlite:///{self.data / 'tracker.db'}"

    @property
    def models(self) -> Path:
        """Folder of trained models, named by the fingerprint of what they were trained from."""
        return self.data / "models"

    def token(self, service: str) -> str:
        """The bearer token of one of our processes."""
        return (self.data / "secrets" / f"{service}.token").read_text("ascii").strip()

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``DAOBAN_*`` variables."""
        env = os.environ if environ is None else environ
        return cls(
            data=Path(env.get("DAOBAN_DATA", "var")).resolve(),
            backend_url=env.get("DAOBAN_BACKEND_URL", "http://127.0.0.1:8700"),
            host=env.get("DAOBAN_ASSISTANT_HOST", "127.0.0.1"),
            port=int(env.get("DAOBAN_ASSISTANT_PORT", "8701")),
            redis_url=env.get("DAOBAN_REDIS_URL", ""),
            tracker_url=env.get("DAOBAN_TRACKER_URL", ""),
            json_logs=env.get("DAOBAN_LOG", "console") == "json",
        )
