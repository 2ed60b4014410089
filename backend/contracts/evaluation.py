"""A report of ``./daoban evaluate`` as it travels: questions with what was made of them, figures, and two reports compared.

The assistant writes it (assistant/evaluation), editors read it (backend/evaluation). Fields beyond these are left aside:
reports of later versions stay readable.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

MAX_QUESTIONS = 5000
MAX_TEXT = 4000
"""Characters: as long as a message may be."""


class Mistake(StrEnum):
    """What went wrong with a question; a question has at most one."""

    ANSWERED_WRONG = "answered_wrong"
    """Answered, about another topic: confidently wrong."""
    TAKEN_FOR_OURS = "taken_for_ours"
    """Another office's matter, answered or clarified as if ours."""
    OTHER_ITEM = "other_item"
    """Answered in the right topic, about another item."""
    TURNED_AWAY = "turned_away"
    """Ours, and said to be another office's."""
    CLARIFIED_WITHOUT = "clarified_without"
    """Asked which one, the right one not among those offered."""
    NOT_UNDERSTOOD = "not_understood"
    """Not understood, or taken for small talk."""
    HANDED_OVER = "handed_over"
    """Handed to a person although the answer is known."""


class _Read(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)


class Figure(_Read):
    """A share with its 95 % interval (Wilson); all 0 where there was nothing to count."""

    n: int = Field(ge=0)
    rate: float = Field(ge=0, le=1)
    low: float = Field(ge=0, le=1)
    high: float = Field(ge=0, le=1)


class TopicFigures(_Read):
    """The figures of one topic's questions."""

    topic_right: Figure
    item_first: Figure
    item_among_three: Figure
    answered: Figure
    confidently_wrong: Figure


class Offered(_Read):
    """An item that was offered."""

    item: str = Field(max_length=20)
    item_name: str = Field(max_length=200)
    topic: str = Field(max_length=40)
    confidence: float = Field(ge=0, le=1)


class ExpectedLabels(_Read):
    """A question's labels."""

    topic: str = Field(max_length=40)
    alt_topics: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    policy: bool = False
    answerable: str = Field(default="", max_length=40)


class ReportQuestion(_Read):
    """One question: what was expected, what was made of it. ``mistake`` is None where it is right or not labelled."""

    id: str = Field(max_length=100)
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    intent: str | None = Field(default="", max_length=60)
    item: str | None = Field(default=None, max_length=20)
    item_name: str | None = Field(default=None, max_length=200)
    topic: str | None = Field(default=None, max_length=40)
    confidence: float = Field(default=0.0, ge=0, le=1)
    alternatives: tuple[Offered, ...] = ()
    outcome: str = Field(max_length=20)
    reply: str = ""
    expected: ExpectedLabels | None = None
    mistake: Mistake | None = None

    @property
    def right(self) -> bool:
        """Labelled, and nothing wrong with it."""
        return self.expected is not None and self.mistake is None


class ReportTotals(_Read):
    """Figures over all questions. Those that a report of an earlier version lacks are empty."""

    questions: int = Field(ge=0)
    outcomes: dict[str, int] = {}
    topic_right: Figure
    item_first: Figure
    item_among_three: Figure
    answerable_answered: Figure
    answerable_not_handed_over: Figure | None = None
    confidently_wrong: Figure
    out_of_scope_taken_for_ours: Figure
    by_topic: dict[str, Figure] = {}
    topics: dict[str, TopicFigures] = {}


class EvaluationReport(_Read):
    """A whole report."""

    questions: tuple[ReportQuestion, ...] = Field(min_length=1, max_length=MAX_QUESTIONS)
    totals: ReportTotals


class ConfusionCell(_Read):
    """Questions that went wrong in the same way: what was expected, what was taken. Questions surest first."""

    mistake: Mistake
    topic: str
    items: tuple[str, ...]
    """Codes of the items that would have been right; empty for a policy question or another office's matter."""
    taken_item: str | None
    taken_item_name: str | None
    taken_topic: str | None
    questions: tuple[ReportQuestion, ...]


class Comparison(_Read):
    """What changed between two reports, over the labelled questions that are in both."""

    shared: int
    became_right: tuple[ReportQuestion, ...]
    became_wrong: tuple[ReportQuestion, ...]
    chance: float
    """How probable a difference as large as this is if nothing had changed (sign test, two-sided)."""
