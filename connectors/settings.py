"""Settings of the connectors, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from backend.limiting.counting import Limits
from connectors.speech.settings import SpeechSettings


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the other processes are and where sockets are opened."""

    backend_url: str
    assistant_url: str
    token: str
    host: str = "127.0.0.1"
    port: int = 8702
    worker: str = "connectors"
    """Names this process in leases; several processes need several names."""
    allowed_hosts: frozenset[str] = frozenset()
    """Hosts whose pages may open sockets, besides the host the socket is opened on."""
    json_logs: bool = False
    operations_token: str = ""
    """Opens the metrics; empty: nobody reads them."""
    speech: SpeechSettings | None = None
    """None: no microphone and nothing read aloud."""
    limits: Limits = field(default_factory=Limits)
    redis_url: str = ""
    """Redis with the counts of the limits, where several processes share them; empty: each counts for itself."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> Settings:
        """Read ``DAOBAN_*`` variables; the token comes from ``secrets/connectors.token`` of the data folder."""
        env = os.environ if environ is None else environ
        secrets = Path(env.get("DAOBAN_DATA", "var")) / "secrets"
        return cls(
            backend_url=env.get("DAOBAN_BACKEND_URL", "http://127.0.0.1:8700"),
            assistant_url=env.get("DAOBAN_ASSISTANT_URL", "http://127.0.0.1:8701"),
            token=(secrets / "connectors.token").read_text("ascii").strip(),
            host=env.get("DAOBAN_CONNECTORS_HOST", "127.0.0.1"),
            port=int(env.get("DAOBAN_CONNECTORS_PORT", "8702")),
            worker=env.get("DAOBAN_WORKER", "connectors"),
            allowed_hosts=frozenset(env.get("DAOBAN_ALLOWED_HOSTS", "").split()),
            operations_token=(secrets / "operations.token").read_text("ascii").strip(),
            speech=SpeechSettings.from_environment(env),
            limits=Limits.from_environment(env),
            redis_url=env.get("DAOBAN_REDIS_URL", ""),
            json_logs=env.get("DAOBAN_LOG", "console") == "json",
        )
