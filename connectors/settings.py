"""Settings of the connectors, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Self

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from backend.limiting.counting import RateLimits
from backend.telemetry.settings import HttpUrl, Port, ProcessSettings, RedisUrl, Variable, WrongSettingError
from connectors.speech.settings import SpeechSettings


def _words(written: object) -> object:
    """Words with spaces between them."""
    return frozenset(written.split()) if isinstance(written, str) else written


class Settings(ProcessSettings):
    """Where the other processes are and where sockets are opened."""

    backend_url: HttpUrl = "http://127.0.0.1:8700"
    """Address of the backend."""
    assistant_url: HttpUrl = "http://127.0.0.1:8701"
    """Address of the assistant."""
    host: Annotated[str, Variable("DAOBAN_CONNECTORS_HOST")] = "127.0.0.1"
    """Address sockets are served on."""
    port: Annotated[Port, Variable("DAOBAN_CONNECTORS_PORT")] = 8702
    """Port sockets are served on."""
    worker: str = "connectors"
    """Names this process in leases; several processes need several names."""
    allowed_hosts: Annotated[frozenset[str], NoDecode, BeforeValidator(_words)] = frozenset()
    """Hosts whose pages may open sockets, besides the host the socket is opened on; spaces between them."""
    secure_cookies: bool = False
    """True behind HTTPS: only pages that came by it may open sockets."""
    redis_url: RedisUrl = ""
    """Redis with the counts of the limits, where several processes share them; empty: each counts for itself."""
    token: Annotated[str, Variable()] = ""
    """The connectors' bearer token."""
    operations_token: Annotated[str, Variable()] = ""
    """Opens the metrics; empty: nobody reads them."""
    speech: Annotated[SpeechSettings | None, Variable()] = None
    """None: no microphone and nothing read aloud."""
    limits: Annotated[RateLimits, Variable()] = Field(default_factory=RateLimits)
    """How much anyone may ask in a minute."""

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None, **given: object) -> Self:
        """Read ``DAOBAN_*`` variables; tokens come from ``secrets`` of the data folder. Raises WrongSettingError."""
        env = os.environ if environ is None else environ
        secrets = ProcessSettings.from_environment(env).secrets
        read = {
            "token": _token(secrets, "connectors"),
            "operations_token": _token(secrets, "operations"),
            "speech": SpeechSettings.from_environment(env),
            "limits": RateLimits.from_environment(env),
        }
        return super().from_environment(env, **{**read, **given})


def _token(secrets: Path, service: str) -> str:
    path = secrets / f"{service}.token"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError as error:
        raise WrongSettingError(
            f"没有 {path}：先启动后台，它会写好；几台机器时把 secrets/ 抄到这一台，或者改 DAOBAN_DATA。"
        ) from error
