"""JSON shapes of conversations (every message a citizen, the assistant or a person says)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from backend.contracts.choices import SentChoice
from backend.contracts.replies import Expects, Reply, ReplyMessage
from backend.contracts.turns import Channel, Identifier, MessageId, MessageTranscription, Verification
from backend.contracts.typed import IN_VAULT
from backend.contracts.wire import Wire


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


class NewMessage(Wire):
    """Something a citizen says. Exactly one of ``text`` and ``choice``. Repeating a ``message_id`` changes nothing."""

    message_id: MessageId
    text: Annotated[str | None, IN_VAULT] = Field(default=None, max_length=20_000)
    choice: Annotated[SentChoice | None, IN_VAULT] = None
    shown: Annotated[str, IN_VAULT] = Field(default="", max_length=200)
    """What the chosen button said, for the transcript."""
    recognised: Annotated[MessageTranscription | None, IN_VAULT] = None
    """Where the text was spoken and sent as it was heard."""


class Message(Wire):
    """One message, whoever said it. ``seq`` grows by one within the conversation."""

    seq: int
    message_id: str
    sender: Literal["citizen", "assistant", "staff", "system"]
    at: datetime
    text: str
    """With placeholders; people are shown the masked forms (``identifiers``)."""
    choice: SentChoice | None = None
    identifiers: tuple[Identifier, ...] = ()
    content: ReplyMessage | None = None
    """What others than the citizen say, in its renderings."""
    expects: Expects | None = None
    in_reply_to: str | None = None
    recognised: MessageTranscription | None = None
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


class NewReply(Wire):
    """The assistant's reply to one message, exactly as the assistant returned it. A second reply to the same message changes nothing."""

    in_reply_to: MessageId
    reply: Annotated[Reply, IN_VAULT]


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
