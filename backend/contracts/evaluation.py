"""A report of ``./daoban evaluate`` as it travels: questions with what was made of them, figures, and two reports compared.

The assistant writes it (assistant/evaluation), editors read it. Fields beyond these are left aside: reports of later
versions stay readable.
"""

from __future__ import annotations

import math
from enum import StrEnum

from pydantic import BaseModel, ConfigDict, Field

from backend.language.identifiers_in_text import find_identifiers
from backend.language.placeholders import PLACEHOLDER

NUMBER_MARK = "（号码）"
MOST_QUESTIONS = 5000
LONGEST_TEXT = 4000
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


HARM = {
    Mistake.ANSWERED_WRONG: 3,
    Mistake.TAKEN_FOR_OURS: 3,
    Mistake.OTHER_ITEM: 2,
    Mistake.TURNED_AWAY: 2,
    Mistake.CLARIFIED_WITHOUT: 1,
    Mistake.NOT_UNDERSTOOD: 1,
    Mistake.HANDED_OVER: 1,
}
"""How much a mistake weighs when confusions are ordered: somebody who is told something wrong pays with a day."""


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


class Expected(_Read):
    """A question's labels."""

    topic: str = Field(max_length=40)
    alt_topics: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    policy: bool = False
    answerable: str = Field(default="", max_length=40)


class ReportQuestion(_Read):
    """One question: what was expected, what was made of it. ``mistake`` is None where it is right or not labelled."""

    id: str = Field(max_length=100)
    text: str = Field(min_length=1, max_length=LONGEST_TEXT)
    intent: str | None = Field(default="", max_length=60)
    item: str | None = Field(default=None, max_length=20)
    item_name: str | None = Field(default=None, max_length=200)
    topic: str | None = Field(default=None, max_length=40)
    confidence: float = Field(default=0.0, ge=0, le=1)
    alternatives: tuple[Offered, ...] = ()
    outcome: str = Field(max_length=20)
    reply: str = ""
    expected: Expected | None = None
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

    questions: tuple[ReportQuestion, ...] = Field(min_length=1, max_length=MOST_QUESTIONS)
    totals: ReportTotals


class Confusion(_Read):
    """Questions that went wrong in the same way: what was expected, what was taken. Questions surest first."""

    mistake: Mistake
    topic: str
    items: tuple[str, ...]
    """Codes of the items that would have been right; empty for a policy question or another office's matter."""
    taken_item: str | None
    taken_item_name: str | None
    taken_topic: str | None
    questions: tuple[ReportQuestion, ...]

    @property
    def harm(self) -> int:
        """Orders confusions: how bad, times how often."""
        return HARM[self.mistake] * len(self.questions)


class Comparison(_Read):
    """What changed between two reports, over the labelled questions that are in both."""

    shared: int
    became_right: tuple[ReportQuestion, ...]
    became_wrong: tuple[ReportQuestion, ...]
    chance: float
    """How probable a difference as large as this is if nothing had changed (sign test, two-sided)."""


def masked(text: str) -> str:
    """The text with a mark for every identifier."""
    for found in reversed(find_identifiers(text)):
        text = text[: found.start] + NUMBER_MARK + text[found.end :]
    return PLACEHOLDER.sub(NUMBER_MARK, text)


def without_identifiers(report: EvaluationReport) -> EvaluationReport:
    """The report with identifiers masked in what people said and in what they were told."""
    questions = tuple(
        one.model_copy(update={"text": masked(one.text), "reply": masked(one.reply)}) for one in report.questions
    )
    return report.model_copy(update={"questions": questions})


def confusions(report: EvaluationReport) -> list[Confusion]:
    """All mistakes by what was expected and what was taken, the worst first."""
    groups: dict[tuple[Mistake, str, tuple[str, ...], str | None, str | None], list[ReportQuestion]] = {}
    for one in report.questions:
        if one.mistake is not None and one.expected is not None:
            items = () if one.expected.policy else one.expected.items
            groups.setdefault((one.mistake, one.expected.topic, items, *_taken(one)), []).append(one)
    found = [
        Confusion(
            mistake=mistake,
            topic=topic,
            items=items,
            taken_item=taken_item,
            taken_item_name=group[0].item_name if taken_item else None,
            taken_topic=taken_topic,
            questions=tuple(sorted(group, key=lambda one: (-one.confidence, one.id))),
        )
        for (mistake, topic, items, taken_item, taken_topic), group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.harm, -one.questions[0].confidence, one.questions[0].id))


def compare_reports(before: EvaluationReport, after: EvaluationReport) -> Comparison:
    """What became right, what became wrong. Questions are the same if their text is, identifiers apart."""
    earlier = {masked(one.text): one for one in before.questions if one.expected is not None}
    pairs = [
        (earlier[text], one)
        for one in after.questions
        if one.expected is not None and (text := masked(one.text)) in earlier
    ]
    better = tuple(new for old, new in pairs if new.right and not old.right)
    worse = tuple(new for old, new in pairs if old.right and not new.right)
    return Comparison(
        shared=len(pairs), became_right=better, became_wrong=worse, chance=_sign_test(len(better), len(worse))
    )


def _taken(question: ReportQuestion) -> tuple[str | None, str | None]:
    """Item and topic that a wrong answer was about; nothing where nothing was answered."""
    answered = question.mistake in {Mistake.ANSWERED_WRONG, Mistake.OTHER_ITEM, Mistake.TAKEN_FOR_OURS}
    return (question.item, question.topic) if answered else (None, None)


def _sign_test(better: int, worse: int) -> float:
    changed = better + worse
    if changed == 0:
        return 1.0
    as_uneven = sum(math.comb(changed, few) for few in range(min(better, worse) + 1))
    return min(1.0, as_uneven / (1 << (changed - 1)))
