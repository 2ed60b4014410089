"""JSON shapes of understanding."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from backend.contracts.catalogue import SwitchView
from backend.contracts.evaluation import MAX_TEXT, ReportTotals
from backend.contracts.typed import HIDDEN, REFUSED
from backend.contracts.wire import Wire


class UnclearView(Wire):
    """A question that was not answered as it stood."""

    id: int
    text: str
    outcome: str
    channel: str
    times: int
    last_at: datetime


class UnclearList(Wire):
    """Questions that wait for an editor, most frequent first."""

    questions: tuple[UnclearView, ...]


class UnclearQuery(Wire):
    """Which: by outcome, or all that are open."""

    outcome: str = Field(default="", max_length=20)
    limit: int = Field(default=100, ge=1, le=500)


class Teach(Wire):
    """Attach a sentence to an item or a policy answer. ``question``: the unclear question it settles."""

    kind: Literal["item", "answer"]
    target: str = Field(min_length=1, max_length=12)
    text: Annotated[str, REFUSED] = Field(min_length=2, max_length=200)
    question: int | None = None


class Taught(Wire):
    """An attached sentence."""

    id: int
    kind: str
    target: str
    target_name: str
    text: str
    at: datetime


class TaughtList(Wire):
    """Attached sentences, newest first."""

    examples: tuple[Taught, ...]


class NewSwitch(Wire):
    """Switch something off, or set the emergency notice (kind ``notice``, target ``all``)."""

    kind: Literal["channel", "topic", "item", "notice"]
    target: str = Field(min_length=1, max_length=30)
    sentence: str = Field(min_length=4, max_length=300)
    """What people are told meanwhile."""


class SwitchList(Wire):
    """What is switched off now."""

    switches: tuple[SwitchView, ...]


class Report(Wire):
    """The last evaluation on a file of questions; None before the first."""

    made_at: datetime | None
    totals: ReportTotals | None


class NewReport(Wire):
    """A report's file as ``./daoban evaluate --out`` wrote it, and what it is to be called."""

    name: str = Field(default="", max_length=80)
    text: Annotated[str, HIDDEN]


class ReportView(Wire):
    """A report to choose. ``uploaded``: by an editor; otherwise kept by ``./daoban evaluate`` on this machine."""

    id: str
    name: str
    made_at: datetime
    questions: int
    uploaded: bool


class ReportList(Wire):
    """Reports, newest first."""

    reports: tuple[ReportView, ...]


class Decide(Wire):
    """What becomes of a question of evaluations: its label is wrong, it is to be left, or it is open again."""

    text: Annotated[str, HIDDEN] = Field(min_length=1, max_length=MAX_TEXT)
    decision: Literal["label_wrong", "leave", "open"]
