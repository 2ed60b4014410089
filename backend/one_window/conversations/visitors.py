"""Browsers of citizens: their cookie, and single-use tickets for opening a socket (30 seconds)."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from aiohttp import web
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.conversations import Conversation
from backend.one_window.conversations.models import SocketTicketRow
from backend.one_window.conversations.service import ConversationsService
from backend.platform.clock import Clock
from backend.platform.cookies import cookie
from backend.platform.errors import NotAllowedError
from backend.platform.identity import NOBODY, Principal

COOKIE = "daoban_visitor"
COOKIE_LENGTH = timedelta(days=30)
TICKET_LENGTH = timedelta(seconds=30)


class Visitors:
    """Knows a citizen's browser again."""

    def __init__(self, conversations: ConversationsService, clock: Clock) -> None:
        self._conversations = conversations
        self._clock = clock

    async def authenticate(self, session: AsyncSession, request: web.Request) -> Principal | None:
        """The citizen whose browser this is, for their own conversation only."""
        brought = cookie(request, COOKIE)
        if not brought:
            return None
        conversation = await self._conversations.of_visitor(session, _hash(brought))
        return None if conversation is None else Principal("citizen", conversation.id, conversation=conversation.id)

    async def open(self, session: AsyncSession) -> tuple[Conversation, str]:
        """A new conversation and the cookie that holds it."""
        given = secrets.token_urlsafe(32)
        return await self._conversations.open(session, "web", NOBODY, _hash(given)), given

    async def issue_ticket(self, session: AsyncSession, conversation_id: str) -> str:
        """A ticket for one socket of the conversation."""
        await session.execute(delete(SocketTicketRow).where(SocketTicketRow.expires_at < self._clock.now()))
        ticket = secrets.token_urlsafe(32)
        expires_at = self._clock.now() + TICKET_LENGTH
        session.add(SocketTicketRow(ticket_hash=_hash(ticket), conversation_id=conversation_id, expires_at=expires_at))
        return ticket

    async def erase(self, session: AsyncSession, conversation_id: str) -> None:
        """Delete the tickets of a conversation."""
        await session.execute(delete(SocketTicketRow).where(SocketTicketRow.conversation_id == conversation_id))

    async def redeem(self, session: AsyncSession, ticket: str) -> Conversation:
        """The ticket's conversation; a ticket works once. Raises NotAllowedError."""
        taken = delete(SocketTicketRow).where(
            SocketTicketRow.ticket_hash == _hash(ticket), SocketTicketRow.expires_at >= self._clock.now()
        )  # in one statement: of those who come at the same time one finds it
        conversation: str | None = await session.scalar(taken.returning(SocketTicketRow.conversation_id))
        if conversation is None:
            raise NotAllowedError("ticket.unknown")
        return await self._conversations.conversation(session, conversation)


VISITORS = web.AppKey("visitors", Visitors)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
