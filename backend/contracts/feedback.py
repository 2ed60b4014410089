"""JSON shapes of feedback: complaints, suggestions and praise with a number and an answer; ratings; urging."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from backend.contracts.typed import IN_VAULT
from backend.contracts.wire import Wire

MAX_WORDS = 1000
MAX_ANSWER = 600
MAX_REASONS = 10
LEVELS = (1, 2, 3, 4, 5)


class FeedbackKind(StrEnum):
    """What somebody says of the service."""

    COMPLAINT = "complaint"
    SUGGESTION = "suggestion"
    PRAISE = "praise"


class NewFeedback(Wire):
    """A complaint, suggestion or praise, in the citizen's own words."""

    kind: FeedbackKind
    text: Annotated[str, IN_VAULT] = Field(min_length=4, max_length=MAX_WORDS)


class Feedback(Wire):
    """What was registered, as its author reads it."""

    number: str
    number_text: str
    """In groups of four."""
    kind: FeedbackKind
    kind_name: str
    received_at: datetime
    answer_by: date
    answer: str
    """Empty until it is answered."""
    answered_at: datetime | None


class FeedbackView(Feedback):
    """The same as whoever answers it reads it."""

    channel_name: str
    text: str
    """Without numbers."""
    late: bool
    answered_by: str
    """Name and position; empty: nobody yet."""


class LowRating(Wire):
    """A rating of one or two, with its reasons; whom it is about is not told, whoever gave it is not named."""

    at: datetime
    level: int
    level_name: str
    reasons: tuple[str, ...]
    text: str
    about: str
    """The item and the unit; empty for a conversation."""


class FeedbackList(Wire):
    """What waits for an answer (soonest due first), what was answered of late, ratings of the last 30 days."""

    open: tuple[FeedbackView, ...]
    answered: tuple[FeedbackView, ...]
    levels: dict[int, int]
    """Level -> how often, 5 first."""
    low: tuple[LowRating, ...]


class FeedbackAnswer(Wire):
    """What the author reads: finding, basis, what was changed, where to go on."""

    answer: Annotated[str, IN_VAULT] = Field(min_length=4, max_length=MAX_ANSWER)


class NewRating(Wire):
    """How somebody was served: 5 very content … 1 very discontent; 2 and 1 need a reason. ``case``: id of a case of theirs."""

    level: int = Field(ge=1, le=5)
    reasons: tuple[Annotated[str, Field(max_length=30)], ...] = Field(default=(), max_length=MAX_REASONS)
    text: Annotated[str, IN_VAULT] = Field(default="", max_length=MAX_WORDS)
    case: str = Field(default="", max_length=32)


class Rating(Wire):
    """What is kept of a rating."""

    level: int
    level_name: str
    reasons: tuple[str, ...]


class Urged(Wire):
    """How often a case was urged, and whether this time counted: once a working day."""

    times: int
    counted: bool
    owner: str
    """Who was told."""


class OwnFeedback(Wire):
    """What was registered in a conversation, newest first."""

    feedback: tuple[Feedback, ...]
