"""JSON shapes of what an editor has to read again: bases that change soon, answers and calculators nobody has read for a year."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from backend.contracts.wire import Wire


class BasisChangeKind(StrEnum):
    """What happens to a basis."""

    BEGINS = "begins"
    ENDS = "ends"


class ReviewedKind(StrEnum):
    """What stands on law and is read again."""

    ITEM = "item"
    ANSWER = "answer"
    CALCULATOR = "calculator"


class CitingContent(Wire):
    """An item, a policy answer or a calculator that cites it."""

    kind: ReviewedKind
    id: str
    name: str


class BasisChange(Wire):
    """A law or a rule that comes into force, or ends, on a day; ``day`` is its first or its last."""

    kind: BasisChangeKind
    title: str
    day: date
    cited_by: tuple[CitingContent, ...]


class AnswerToRead(Wire):
    """A policy answer, or a calculator, that nobody has read against its basis for a year."""

    kind: ReviewedKind
    id: str
    title: str
    topic_name: str
    answer: str
    basis: str
    last_read: date


class ContentReview(Wire):
    """Both lists, what is most urgent first."""

    changes: tuple[BasisChange, ...]
    unread: tuple[AnswerToRead, ...]
    next_due: date | None
    """When the next answer is due, where none is."""


class AnswerReadNote(Wire):
    """That it was read and is right; a remark for whoever reads it next."""

    note: Annotated[str, StringConstraints(max_length=400)] = ""


class AnswerReadRecord(Wire):
    """A reading as it was recorded."""

    id: str = Field(description="问答或计算的编号")
    read_on: date
    read_by: str
