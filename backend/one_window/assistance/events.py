"""Events of assistance requests."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind, NoData
from backend.contracts.wire import Wire

TAKERS = "assistance:take"
"""The permission of those who are told."""


class Requested(Wire):
    """Of which kind, and whether it is an alarm."""

    kind: str
    urgent: bool


ASSISTANCE_REQUESTED = EventKind("assistance.requested", Requested, TAKERS)
ASSISTANCE_TAKEN = EventKind("assistance.taken", NoData, TAKERS)
ASSISTANCE_FINISHED = EventKind("assistance.finished", NoData, TAKERS)
EVENTS = (ASSISTANCE_REQUESTED, ASSISTANCE_TAKEN, ASSISTANCE_FINISHED)
