"""JSON shape of events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from backend.contracts.wire import Wire


class Event(Wire):
    """Something that happened; ``id`` grows.

    ``by``: kind of whoever did it (``staff``, ``service``, ``citizen``) -> their id, and ``on_behalf_of``. ``data`` holds no
    personal data; every kind of event has members of its own, followers read those of the kinds they know.
    """

    id: int
    at: datetime
    kind: str
    subject: str
    by: dict[str, str]
    data: dict[str, Any]


class EventList(Wire):
    """Events after an id, oldest first."""

    events: tuple[Event, ...]
