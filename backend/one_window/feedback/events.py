"""Events of feedback."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind, OfUnit
from backend.contracts.feedback import FeedbackKind
from backend.contracts.wire import Wire

HANDLERS = "feedback:handle"
"""The permission of those who are told."""


class Received(Wire):
    """Of which kind."""

    kind: FeedbackKind


class Rated(Wire):
    """Which level, and of which unit's case."""

    level: int
    unit: str | None


FEEDBACK_RECEIVED = EventKind("feedback.received", Received, HANDLERS)
FEEDBACK_ANSWERED = EventKind("feedback.answered", Received, HANDLERS)
RATING_GIVEN = EventKind("rating.given", Rated, HANDLERS)
CASE_URGED = EventKind("case.urged", OfUnit, "cases:queue")
EVENTS = (FEEDBACK_RECEIVED, FEEDBACK_ANSWERED, RATING_GIVEN, CASE_URGED)
