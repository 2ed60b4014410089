"""Settings of the supervisor, from the environment."""

from __future__ import annotations

from pydantic import Field

from backend.telemetry.settings import EnvironmentSettings


class SupervisorSettings(EnvironmentSettings):
    """How parts that die are started again."""

    longest_pause: float = Field(default=10.0, gt=0)
    """Seconds between restarts of a part that keeps dying."""
