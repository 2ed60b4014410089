"""Settings of the supervisor, from the environment."""

from __future__ import annotations

from pydantic import Field

from backend.operate.parts import FIRST_PORT
from backend.telemetry.settings import EnvironmentSettings, Port


class SupervisorSettings(EnvironmentSettings):
    """Where the parts are reached, how those that die are started again, how much of their logs is kept."""

    host: str = "127.0.0.1"
    """Address the pages are served on, where ``--host`` is not given."""
    port: Port = FIRST_PORT
    """Port of the pages, where ``--port`` is not given; the other parts take the two after it unless set."""
    assistant_port: Port | None = None
    """Port of the assistant; None: the one after ``port``."""
    connectors_port: Port | None = None
    """Port of the sockets; None: the second after ``port``."""
    longest_pause: float = Field(default=10.0, gt=0)
    """Seconds between restarts of a part that keeps dying."""
    log_megabytes: int = Field(default=20, ge=1)
    """A part's log file begins anew above this size, and each day."""
    log_days: int = Field(default=30, ge=1)
    """Days after which old log files are removed."""

    def ports(self, first: int | None = None) -> dict[str, int]:
        """Ports of the parts; ``first``: three in a row from there, whatever the environment says."""
        if first is not None:
            return {"backend": first, "assistant": first + 1, "connectors": first + 2}
        return {
            "backend": self.port,
            "assistant": self.assistant_port or self.port + 1,
            "connectors": self.connectors_port or self.port + 2,
        }
