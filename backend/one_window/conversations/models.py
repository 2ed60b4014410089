"""Tables of conversations."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base, Instant


class ConversationRow(Base):
    """A conversation on any channel."""

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))
    verified: Mapped[str] = mapped_column(String(10))
    handled_by: Mapped[str] = mapped_column(String(10))
    last_seq: Mapped[int] = mapped_column(default=0)
    visitor_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Hash of the browser's cookie."""
    opened_at: Mapped[datetime] = mapped_column(Instant)
    proof: Mapped[str | None] = mapped_column(String(40))
    """Placeholder of the phone or identity number that was verified."""
    verified_until: Mapped[datetime | None] = mapped_column(Instant)
    forgotten_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since then it is an empty row."""


class MessageRow(Base):
    """One message. Texts hold placeholders, never identifiers."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "message_id"),
        Index("ix_messages_unanswered", "answered", "id"),
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), index=True)
    seq: Mapped[int]
    message_id: Mapped[str] = mapped_column(String(64))
    sender: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(Instant)
    text: Mapped[str] = mapped_column(Text)
    choice: Mapped[str | None] = mapped_column(String(200))
    content: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    expects: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    in_reply_to: Mapped[str | None] = mapped_column(String(64))
    answered: Mapped[bool]
    """False only for a citizen's message that waits for the assistant."""
    understood: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """What the assistant understood of a citizen's message."""
    recognised: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    """Of a spoken message: how surely it was heard, and what else it could have been."""
    leased_by: Mapped[str | None] = mapped_column(String(80))
    leased_until: Mapped[datetime | None] = mapped_column(Instant)


class KnownFactRow(Base):
    """A fact of somebody (``contracts/data/facts.yaml``) that a citizen told in the conversation; no name, no number."""

    __tablename__ = "conversation_facts"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    """The newest has the highest."""
    holder: Mapped[str] = mapped_column(String(40))
    fact: Mapped[str] = mapped_column(String(40))
    least: Mapped[str] = mapped_column(String(20))
    most: Mapped[str] = mapped_column(String(20))
    certainty: Mapped[str] = mapped_column(String(10))
    said_in: Mapped[str] = mapped_column(String(64))
    """Id of the message."""


class SocketTicketRow(Base):
    """A single-use ticket for opening a socket."""

    __tablename__ = "socket_tickets"

    ticket_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    expires_at: Mapped[datetime] = mapped_column(Instant)
