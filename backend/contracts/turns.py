"""JSON shapes of a turn: one utterance of a citizen, as the assistant takes it, and its lease."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from backend.contracts.choices import SentChoice
from backend.contracts.wire import Wire

Channel = Literal["web", "phone", "desk"]
Verification = Literal["none", "phone", "counter"]
MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]

MAX_MESSAGE = 500
"""Characters of one message; longer ones are refused with a sentence, the page says so while typing."""


class Identifier(Wire):
    """A personal identifier found in a message; the text carries its placeholder."""

    placeholder: str
    kind: Literal["id", "phone", "bank", "document", "number"]
    valid: bool
    problem: str = ""
    """Why it is not valid, as a Chinese sentence; empty if it is."""
    masked: str


class MessageTranscription(Wire):
    """What speech recognition thought of a text. ``confidence`` between 0 and 1."""

    confidence: float = Field(ge=0, le=1)
    alternatives: tuple[Annotated[str, StringConstraints(max_length=MAX_MESSAGE)], ...] = Field(
        default=(), max_length=8
    )


class Turn(Wire):
    """One utterance of a citizen: placeholders in the text, their verdicts beside. Exactly one of ``text``, ``choice``, ``digits``."""

    message_id: MessageId
    seq: int = Field(ge=1)
    channel: Channel
    text: str | None = Field(default=None, max_length=4000)
    choice: SentChoice | None = None
    digits: str | None = Field(default=None, max_length=64)
    identifiers: tuple[Identifier, ...] = ()
    recognised: MessageTranscription | None = None
    verified: Verification = "none"
    staff: str | None = None


class TurnClaim(Wire):
    """A connector asks for the next unanswered message. ``worker`` names it; ``conversation`` narrows to one.

    ``holding``: the conversations in which the worker answers now, told when a lease may have got lost: what it leased
    elsewhere, before it or the backend died, is free again. None: it has lost nothing.
    """

    worker: str = Field(min_length=1, max_length=80)
    starting: bool = False
    """The worker has just begun: it holds nothing."""
    holding: tuple[str, ...] | None = None
    conversation: str | None = None


class LeasedTurn(Wire):
    """A turn of a conversation, leased for answering until ``leased_until``."""

    conversation: str
    turn: Turn
    leased_until: datetime
    others_wait: bool = True
    """Whether other messages wait, leased or not: then it is worth asking for another at once."""


class ClaimedTurn(Wire):
    """The claim's result; ``leased`` is None when nothing waits."""

    leased: LeasedTurn | None


class ReleasedTurn(Wire):
    """A leased message given back unanswered."""

    message_id: MessageId
