"""JSON shapes of the conversation API: a turn comes in, a reply goes out (CONTRACTS: Turn, Reply)."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class Wire(BaseModel):
    """A closed, immutable JSON shape."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Recognised(Wire):
    """What speech recognition thought of the text."""

    confidence: float = Field(ge=0, le=1)
    alternatives: tuple[str, ...] = ()


class IdentifierNote(Wire):
    """The verdict on a placeholder in the text: which kind it is, whether it passes its checksum, and its masked form."""

    placeholder: str
    kind: str
    valid: bool
    problem: str = ""
    masked: str


class Turn(Wire):
    """One thing a citizen said. Exactly one of ``text``, ``choice``, ``digits``."""

    message_id: str = Field(min_length=8, max_length=64)
    seq: int = Field(ge=1)
    channel: Literal["web", "phone", "desk"]
    text: str | None = Field(default=None, max_length=4000)
    choice: str | None = Field(default=None, max_length=200)
    digits: str | None = Field(default=None, max_length=64)
    identifiers: tuple[IdentifierNote, ...] = ()
    recognised: Recognised | None = None
    verified: Literal["none", "phone", "counter"] = "none"
    staff: str | None = None


class Choice(Wire):
    """A button: what it says, and what is sent when it is pressed."""

    say: str
    choice: str


class WebRendering(Wire):
    """What the web page shows: plain text (line breaks kept, no markup), buttons, at most one card."""

    text: str
    choices: tuple[Choice, ...] = ()
    card: dict[str, Any] | None = None


class DeskRendering(Wire):
    """What the inquiry desk shows its staff member: a card and a sentence to say."""

    card: dict[str, Any] | None = None
    script: str


class ReplyMessage(Wire):
    """One message in its three renderings."""

    web: WebRendering
    speech: str
    desk: DeskRendering


class DigitsExpected(Wire):
    """Which digits are awaited and how many."""

    of: Literal["id", "phone", "case", "code"]
    length: int = Field(ge=1, le=20)


class Expects(Wire):
    """What the reply waits for next; sets end-pointing, grammar and keypad on the phone."""

    kind: Literal["free", "choice", "yes_no", "digits", "none"]
    digits: DigitsExpected | None = None


class Outcome(StrEnum):
    """How the turn went."""

    ANSWERED = "answered"
    CLARIFY = "clarify"
    HANDOVER = "handover"
    NOT_OURS = "not_ours"
    CHAT = "chat"
    NOT_UNDERSTOOD = "not_understood"


class Alternative(Wire):
    """Another item it could have been about."""

    item: str
    item_name: str
    topic: str
    confidence: float


class Understood(Wire):
    """What was understood. ``topic`` belongs to the answer."""

    intent: str
    item: str | None = None
    item_name: str | None = None
    topic: str | None = None
    confidence: float = 0.0
    alternatives: tuple[Alternative, ...] = ()
    outcome: Outcome


class Handover(Wire):
    """A person is needed."""

    reason: str
    topic: str | None = None


class Reply(Wire):
    """The assistant's answer to one turn."""

    messages: tuple[ReplyMessage, ...] = Field(min_length=1)
    expects: Expects
    understood: Understood
    handover: Handover | None = None
    catalogue_version: int
