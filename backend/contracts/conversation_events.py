"""Events of conversations: the connectors follow what is said."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from backend.contracts.event_kinds import EventKind, NoData
from backend.contracts.replies import DangerSeen
from backend.contracts.wire import Wire


class MessageAdded(Wire):
    """A message was stored; of a reply also what was understood."""

    seq: int
    sender: Literal["citizen", "assistant", "system"] = Field(alias="from")
    intent: str | None = None
    item: str | None = None
    topic: str | None = None
    confidence: float | None = None
    outcome: str | None = None


class Opened(Wire):
    """On which channel."""

    channel: str


class HandoverRequested(Wire):
    """What it is about, where known."""

    topic: str | None


class LevelRaised(Wire):
    """To which level of verification."""

    level: str


CONVERSATION_OPENED = EventKind("conversation.opened", Opened)
MESSAGE_ADDED = EventKind("conversation.message_added", MessageAdded)
HANDOVER_REQUESTED = EventKind("conversation.handover_requested", HandoverRequested)
DANGER_SEEN = EventKind("danger.seen", DangerSeen, "assistance:take")
CONVERSATION_VERIFIED = EventKind("conversation.verified", LevelRaised)
CONVERSATION_ERASED = EventKind("conversation.erased", NoData)
