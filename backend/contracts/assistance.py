"""JSON shapes of assistance requests: what a member of staff has to take up."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field

from backend.contracts.typed import IN_VAULT
from backend.contracts.wire import Wire

MAX_NOTE = 300


class AssistanceRequest(Wire):
    """Somebody needs a member of staff. ``said``: the words it came from, without numbers and names."""

    id: int
    kind: str
    """A name of ``assistance/data/kinds.yaml``."""
    title: str
    advice: str
    urgent: bool
    """An alarm: listed before all others, its sound repeats."""
    channel_name: str
    about: str
    """The item or the topic; empty where unknown."""
    said: str
    times: int
    """How often it was asked for in the same conversation."""
    requested_at: datetime
    taken_by: str
    """Name and position; empty: nobody yet."""
    taken_at: datetime | None
    mine: bool
    """Taken by whoever asks."""
    done_at: datetime | None
    note: str


class AssistanceList(Wire):
    """What waits (alarms first, then the longest waiting), what is taken, what was finished today."""

    waiting: tuple[AssistanceRequest, ...]
    taken: tuple[AssistanceRequest, ...]
    done: tuple[AssistanceRequest, ...]


class AssistanceNote(Wire):
    """What came of it, for colleagues; ``answer``: what the citizen reads in the conversation, empty for nothing."""

    note: Annotated[str, IN_VAULT] = Field(min_length=2, max_length=MAX_NOTE)
    answer: Annotated[str, IN_VAULT] = Field(default="", max_length=MAX_NOTE)
