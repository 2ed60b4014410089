"""Events of the parameters."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind
from backend.contracts.wire import Wire

REVIEWERS = "parameters:review"
"""The permission of those who are told."""


class OfValue(Wire):
    """Which value, of which area."""

    value: int
    area: str


VALUE_WRITTEN = EventKind("parameter.value_written", OfValue, REVIEWERS)
VALUE_CONFIRMED = EventKind("parameter.value_confirmed", OfValue, REVIEWERS)
VALUE_REFUSED = EventKind("parameter.value_refused", OfValue, REVIEWERS)
VALUE_WITHDRAWN = EventKind("parameter.value_withdrawn", OfValue, REVIEWERS)
EVENTS = (VALUE_WRITTEN, VALUE_CONFIRMED, VALUE_REFUSED, VALUE_WITHDRAWN)
