"""JSON shape of events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend.contracts.wire import Wire


class Event(Wire):
    """Something that happened; ``id`` grows. ``data`` holds no personal data."""

    id: int
    at: datetime
    kind: str
    subject: str
    by: dict[str, Any]
    data: dict[str, Any]


class EventList(Wire):
    """Events after an id, oldest first."""

    events: tuple[Event, ...]
