"""JSON shapes of understanding."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import Field

from backend.core.wire import Wire
from backend.one_window.catalogue.schemas import SwitchView


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
    text: str = Field(min_length=2, max_length=200)
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
    totals: dict[str, Any] | None
