"""JSON shapes of the machine's state as the operator sees it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from backend.contracts.voice import VoiceState
from backend.contracts.wire import Wire


class ProcessStatus(Wire):
    """One of the three processes. ``away``: it did not answer within two seconds; ``learning``: its model is being trained first."""

    name: Literal["backend", "assistant", "connectors"]
    state: Literal["ready", "starting", "learning", "away"]
    details: dict[str, str]
    """What it says of itself, by name of ``status/data/wording.yaml``."""


class DiskStatus(Wire):
    """The disk of the data folder, in bytes."""

    total: int
    free: int
    low: bool
    """Less than a tenth or 2 GiB is free."""
    folders: dict[str, int]
    """Name in the data folder -> bytes, largest first."""


class SystemStatus(Wire):
    """Everything on the operator's page."""

    at: datetime
    started_at: datetime
    processes: tuple[ProcessStatus, ...]
    waiting: int
    """Messages of citizens that wait for the assistant."""
    waiting_seconds: int
    """How long the oldest of them has waited."""
    voice: VoiceState
    disk: DiskStatus
    proxy_not_named: bool
    """Requests come by a proxy that ``DAOBAN_PROXIES`` does not name: all who come by it count as one address."""
    versions: dict[str, str]
    """Name -> version."""
