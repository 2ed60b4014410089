"""Settings of the assistant, from the environment."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from assistant.understanding.seed import SEED
from backend.telemetry.settings import HttpUrl, Port, ProcessSettings, RedisUrl, Variable


class Settings(ProcessSettings):
    """Where data, models and the backend are."""

    backend_url: HttpUrl = "http://127.0.0.1:8700"
    """Address of the backend."""
    host: Annotated[str, Variable("DAOBAN_ASSISTANT_HOST")] = "127.0.0.1"
    """Address the conversation API is served on."""
    port: Annotated[Port, Variable("DAOBAN_ASSISTANT_PORT")] = 8701
    """Port the conversation API is served on."""
    tracker_url: str = Field(default="", pattern=r"^$|^(sqlite|postgresql)(\+\w+)?://", examples=["postgresql://…"])
    """SQLAlchemy URL of the tracker store; SQLite under ``data`` unless set."""
    redis_url: RedisUrl = ""
    """Redis with the locks of several assistants; empty: this is the only one."""
    training_seed: int = Field(default=SEED, ge=0, lt=2**32)
    """Where chance begins in training; part of the model's fingerprint, so that training and starting need the same one."""

    @property
    def tracker(self) -> str:
        """The tracker store's URL."""
        return self.tracker_url or f"sqlite:///{self.tracker_file}"

    @property
    def tracker_file(self) -> Path:
        """The tracker's file, where it is not on a server."""
        return self.data / "tracker.db"

    @property
    def models(self) -> Path:
        """Folder of trained models, named by the fingerprint of what they were trained from."""
        return self.data / "models"

    def token(self, service: str) -> str:
        """The bearer token of one of our processes."""
        return (self.secrets / f"{service}.token").read_text("ascii").strip()
