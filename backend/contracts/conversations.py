"""JSON shapes of conversations (every message a citizen, the assistant or a person says)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field, StringConstraints

from backend.contracts.wire import Wire

Channel = Literal["web", "phone", "desk"]
Verification = Literal["none", "phone", "counter"]
MessageId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]

LONGEST_MESSAGE = 500
"""Characters of one message; longer ones are refused with a sentence, the page says so while typing."""


class NewConversation(Wire):
    """Open a conversation."""

    channel: Channel


class Conversation(Wire):
    """A conversation as the connectors see it."""

    id: str
    channel: Channel
    verified: Verification
    handled_by: Literal["assistant", "staff"]
    last_seq: int
    opened_at: datetime


class Identifier(Wire):
    """A personal identifier found in a message; the text carries its placeholder."""

    placeholder: str
    kind: Literal["id", "phone", "bank", "number"]
    valid: bool
    problem: str
    """Why it is not valid, as a Chinese sentence; empty if it is."""
    masked: str


class Recognised(Wire):
    """What speech recognition thought of a text (CONTRACTS, Turn). ``confidence`` between 0 and 1."""

    confidence: float = Field(ge=0, le=1)
    alternatives: tuple[Annotated[str, StringConstraints(max_length=LONGEST_MESSAGE)], ...] = Field(
        default=(), max_length=8
    )


class NewMessage(Wire):
    """Something a citizen says. Exactly one of ``text`` and ``choice``. Repeating a ``message_id`` changes nothing."""

    message_id: MessageId
    text: str | None = Field(default=None, max_length=20_000)
    choice: str | None = Field(default=None, max_length=200)
    shown: str = Field(default="", max_length=200)
    """What the chosen button said, for the transcript."""
    recognised: Recognised | None = None
    """Where the text was spoken and sent as it was heard."""


class Message(Wire):
    """One message, whoever said it. ``seq`` grows by one within the conversation."""

    seq: int
    message_id: str
    sender: Literal["citizen", "assistant", "staff", "system"]
    at: datetime
    text: str
    """With placeholders; people are shown the masked forms (``identifiers``)."""
    choice: str | None = None
    identifiers: tuple[Identifier, ...] = ()
    content: dict[str, Any] | None = None
    """A reply's message as the assistant rendered it (web, speech, desk); None for what a citizen says."""
    expects: dict[str, Any] | None = None
    in_reply_to: str | None = None
    recognised: Recognised | None = None
    """Of a spoken message."""


class MessageList(Wire):
    """Messages after a sequence number, oldest first."""

    conversation: Conversation
    messages: tuple[Message, ...]
    waiting: bool
    """A citizen's message has not been answered yet."""


class AfterQuery(Wire):
    """Resume point: the last sequence number already held."""

    after: int = Field(default=0, ge=0, le=2**31 - 1)


class TurnClaim(Wire):
    """A connector asks for the next unanswered message. ``worker`` names it; ``conversation`` narrows to one.

    ``starting``: the worker has just begun, so what it leased in an earlier life is free again.
    """

    worker: str = Field(min_length=1, max_length=80)
    starting: bool = False
    conversation: str | None = None


class Turn(Wire):
    """A citizen's message leased for answering until ``leased_until``."""

    conversation: Conversation
    message: Message
    leased_until: datetime


class ClaimedTurn(Wire):
    """The claim's result; ``turn`` is None when nothing waits."""

    turn: Turn | None


class WebContent(Wire):
    """What the web page shows."""

    text: str
    choices: tuple[dict[str, str], ...] = ()
    card: dict[str, Any] | None = None


class ReplyContent(Wire):
    """One message in its three renderings."""

    web: WebContent
    speech: str
    desk: dict[str, Any]


class AssistantReply(Wire):
    """The assistant's answer to one turn (CONTRACTS, Reply)."""

    messages: tuple[ReplyContent, ...] = Field(min_length=1, max_length=10)
    expects: dict[str, Any]
    understood: dict[str, Any]
    handover: dict[str, Any] | None = None
    catalogue_version: int


class NewReply(Wire):
    """The assistant's reply to one message, exactly as the assistant returned it. A second reply to the same message changes nothing."""

    in_reply_to: MessageId
    reply: AssistantReply


class SocketTicket(Wire):
    """A single-use ticket for opening a socket; valid for 30 seconds."""

    ticket: str
    url: str
    """WebSocket address to open with ``?ticket=…&after=SEQ``."""
    conversation: str


class RedeemTicket(Wire):
    """A connector redeems a ticket that a browser brought."""

    ticket: str = Field(min_length=16, max_length=100)


class RedeemedTicket(Wire):
    """Whom the socket belongs to."""

    conversation: Conversation


class ReleasedTurn(Wire):
    """A leased message given back unanswered."""

    message_id: MessageId
