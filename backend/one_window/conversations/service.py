"""Conversations: every message with its sequence number, whoever said it. This is the truth about what was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

from aiohttp import web
from sqlalchemy import delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.choices import MAX_CHOICE, ChoiceValue, UnknownChoice
from backend.contracts.conversation_events import (
    CONVERSATION_OPENED,
    DANGER_SEEN,
    HANDOVER_REQUESTED,
    MESSAGE_ADDED,
    HandoverRequested,
    MessageAdded,
    Opened,
)
from backend.contracts.conversations import Conversation, Message, MessageList, NewMessage, NewReply
from backend.contracts.replies import Reply, ReplyMessage
from backend.contracts.turns import (
    MAX_MESSAGE,
    Channel,
    ClaimedTurn,
    LeasedTurn,
    Turn,
    TurnClaim,
)
from backend.language.short_numbers import NEXT_PART, ends_in_part
from backend.language.text import tidy
from backend.one_window.assistance.service import AssistanceService, NewAssistance
from backend.one_window.conversations.known_facts import erase_facts, keep_facts
from backend.one_window.conversations.models import ConversationRow, MessageRow
from backend.one_window.conversations.stored import kept_transcription, read_expects, read_message
from backend.one_window.understanding.service import UnderstandingService
from backend.platform.clock import Clock
from backend.platform.errors import InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import SYSTEM, Principal
from backend.platform.vault import Vault

LEASE = timedelta(seconds=30)
"""Longer than any turn takes; after a crash another worker takes the message over."""
_HAS_WORDS = re.compile(r"\w")
_CANDIDATES = 50


def vault_owner(conversation: str) -> str:
    """Return the owner of the identifiers that a citizen gives in a conversation."""
    return f"conversation:{conversation}"


def conversation_of(owner: str) -> str:
    """The conversation whose identifiers an owner's are."""
    return owner.removeprefix("conversation:")


class ConversationsService:
    """Stores what is said, hands unanswered messages to connectors one at a time per conversation, stores replies."""

    def __init__(
        self,
        vault: Vault,
        understanding: UnderstandingService,
        assistance: AssistanceService,
        clock: Clock,
        events: Events,
    ) -> None:
        self._vault = vault
        self._understanding = understanding
        self._assistance = assistance
        self._clock = clock
        self._events = events

    async def open(
        self, session: AsyncSession, channel: Channel, by: Principal, visitor_hash: str | None = None
    ) -> Conversation:
        """Open a conversation."""
        row = ConversationRow(
            id=uuid4().hex,
            channel=channel,
            verified="none",
            handled_by="assistant",
            last_seq=0,
            visitor_hash=visitor_hash,
            opened_at=self._clock.now(),
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, CONVERSATION_OPENED, f"conversation:{row.id}", by, Opened(channel=channel))
        return self._view(row)

    async def conversation(self, session: AsyncSession, conversation_id: str) -> Conversation:
        """One conversation. Raises NotFoundError."""
        return self._view(await self._row(session, conversation_id))

    async def verify(
        self, session: AsyncSession, conversation_id: str, level: str, proof: str, until: datetime
    ) -> None:
        """Raise the conversation's level of verification until then. ``proof``: placeholder of what was verified."""
        row = await self._held(session, conversation_id)
        row.verified, row.proof, row.verified_until = level, proof, until

    async def proof(self, session: AsyncSession, conversation_id: str) -> str | None:
        """What is verified of the conversation's citizen now."""
        row = await self._row(session, conversation_id)
        return row.proof if self._is_verified(row) else None

    async def waiting(self, session: AsyncSession) -> tuple[int, datetime | None]:
        """How many messages wait for the assistant, and since when the oldest does."""
        count, oldest = (
            await session.execute(select(func.count(), func.min(MessageRow.at)).where(MessageRow.answered.is_(False)))
        ).one()
        return count, oldest

    async def silent_since(self, session: AsyncSession, before: datetime, limit: int, skip: int = 0) -> list[str]:
        """Conversations in which nothing was said since then, and which are not forgotten yet; oldest first."""
        later = select(MessageRow.id).where(MessageRow.conversation_id == ConversationRow.id, MessageRow.at >= before)
        found = await session.scalars(
            select(ConversationRow.id)
            .where(ConversationRow.opened_at < before, ConversationRow.forgotten_at.is_(None), ~later.exists())
            .order_by(ConversationRow.opened_at, ConversationRow.id)
            .offset(skip)
            .limit(limit)
        )
        return list(found)

    async def erase(self, session: AsyncSession, conversation_id: str) -> int:
        """Delete the messages, the facts and whose browser it was; return how many messages."""
        row = await self._held(session, conversation_id)
        row.visitor_hash = row.proof = row.verified_until = None
        row.verified, row.forgotten_at = "none", self._clock.now()
        await erase_facts(session, conversation_id)
        result = await session.execute(delete(MessageRow).where(MessageRow.conversation_id == conversation_id))
        return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult

    async def of_visitor(self, session: AsyncSession, visitor_hash: str) -> Conversation | None:
        """The conversation of a browser's cookie."""
        row = await session.scalar(select(ConversationRow).where(ConversationRow.visitor_hash == visitor_hash))
        return None if row is None else self._view(row)

    async def add_message(self, session: AsyncSession, conversation_id: str, new: NewMessage, by: Principal) -> Message:
        """Store a citizen's message, its identifiers in the vault. The same message id returns the stored message.

        Raises InvalidError: empty, only symbols, longer than MAX_MESSAGE characters.
        """
        conversation = await self._held(session, conversation_id)
        known = await self._by_message_id(session, conversation_id, new.message_id)
        if known is not None:
            return (await self._messages(session, [known]))[0]
        said = _checked(new)
        conversation.forgotten_at = None  # used again, it is forgotten again in time
        awaited = await self._figures_awaited(session, conversation_id)
        text, found = await self._vault.keep_text(session, said, vault_owner(conversation_id), awaited=awaited)
        row = self._append(session, conversation, "citizen", text, message_id=new.message_id)
        row.choice, row.answered = await self._kept_choice(session, new.choice, conversation_id), False
        row.recognised = None if new.recognised is None else kept_transcription(new.recognised, identifiers=bool(found))
        await session.flush()
        self._events.publish(
            session,
            MESSAGE_ADDED,
            f"conversation:{conversation_id}",
            by,
            MessageAdded(seq=row.seq, sender="citizen"),
        )
        return (await self._messages(session, [row]))[0]

    async def _kept_choice(self, session: AsyncSession, choice: ChoiceValue | None, conversation: str) -> str | None:
        """What a button sent, as it is stored: whoever writes such a value by hand may have put a number into it."""
        if choice is None:
            return None
        argument = await self._vault.keep_everywhere(session, choice.argument, vault_owner(conversation))
        try:
            return str(ChoiceValue(choice.kind, argument))
        except UnknownChoice as error:
            raise InvalidError("message.too_long", field="choice", length=len(argument), limit=MAX_CHOICE) from error

    @staticmethod
    async def _figures_awaited(session: AsyncSession, conversation_id: str) -> int:
        """How many figures of a person's number the last reply asks for, or a message that told a part of one leaves open; 0 for none."""
        kept = await session.scalar(
            select(MessageRow.expects)
            .where(MessageRow.conversation_id == conversation_id, MessageRow.sender == "assistant")
            .order_by(MessageRow.seq.desc())
            .limit(1)
        )
        expects = read_expects(kept)
        digits = None if expects is None else expects.digits
        if digits is not None and digits.of in _PERSONAL_NUMBERS:
            return digits.length
        said = await session.scalar(
            select(MessageRow.text)
            .where(MessageRow.conversation_id == conversation_id, MessageRow.sender == "citizen")
            .order_by(MessageRow.seq.desc())
            .limit(1)
        )
        return NEXT_PART if said is not None and ends_in_part(said) else 0

    async def hold(self, session: AsyncSession, conversation_id: str) -> Conversation:
        """One conversation, locked until the end of the transaction. Raises NotFoundError."""
        return self._view(await self._held(session, conversation_id))

    async def messages(self, session: AsyncSession, conversation_id: str, after: int) -> MessageList:
        """Messages after a sequence number."""
        conversation = await self._row(session, conversation_id)
        rows = await session.scalars(
            select(MessageRow)
            .where(MessageRow.conversation_id == conversation_id, MessageRow.seq > after)
            .order_by(MessageRow.seq)
        )
        return await self._list(session, conversation, list(rows))

    async def _list(
        self, session: AsyncSession, conversation: ConversationRow, rows: Sequence[MessageRow]
    ) -> MessageList:
        waiting = await session.scalar(
            select(MessageRow.id)
            .where(MessageRow.conversation_id == conversation.id, MessageRow.answered.is_(False))
            .limit(1)
        )
        return MessageList(
            conversation=self._view(conversation),
            messages=tuple(await self._messages(session, rows)),
            waiting=waiting is not None,
        )

    async def claim_turn(self, session: AsyncSession, claim: TurnClaim) -> ClaimedTurn:
        """Lease the oldest unanswered message whose conversation has no other turn under way."""
        now = self._clock.now()
        await self._give_up_leases(session, claim)
        query = (
            select(MessageRow)
            .join(ConversationRow, ConversationRow.id == MessageRow.conversation_id)
            .where(MessageRow.answered.is_(False), ConversationRow.handled_by == "assistant")
            .order_by(MessageRow.id)
            .limit(_CANDIDATES)
        )
        if claim.conversation is not None:
            query = query.where(MessageRow.conversation_id == claim.conversation)
        blocked: set[str] = set()
        waiting = list(await session.scalars(query))
        for row in waiting:
            if row.conversation_id not in blocked and await self._is_free(session, row):
                row.leased_by, row.leased_until = claim.worker, now + LEASE
                return ClaimedTurn(leased=await self._leased(session, row, others_wait=len(waiting) > 1))
            blocked.add(row.conversation_id)
        return ClaimedTurn(leased=None)

    async def release_turn(self, session: AsyncSession, conversation_id: str, message_id: str) -> None:
        """Give a lease back unanswered (the assistant is not ready)."""
        row = await self._by_message_id(session, conversation_id, message_id)
        if row is not None:
            row.leased_by = row.leased_until = None

    async def mark_answered(self, session: AsyncSession, conversation_id: str, message_id: str) -> None:
        """A message needs no answer of the assistant's."""
        row = await self._by_message_id(session, conversation_id, message_id)
        if row is not None:
            row.answered = True

    async def add_reply(
        self, session: AsyncSession, conversation_id: str, reply: NewReply, by: Principal
    ) -> MessageList:
        """Store the assistant's reply to a message; the second reply to the same message changes nothing."""
        conversation = await self._held(session, conversation_id)
        question = await self._by_message_id(session, conversation_id, reply.in_reply_to)
        if question is None:
            raise NotFoundError("message.unknown", field="in_reply_to")
        if question.answered:
            return await self.messages(session, conversation_id, after=question.seq)
        if reply.reply.facts is not None:
            await keep_facts(session, conversation_id, reply.reply.facts)
        made = await self._vault.keep_everywhere(
            session, reply.reply.model_dump(mode="json", exclude={"facts"}), vault_owner(conversation_id)
        )
        reply = reply.model_copy(update={"reply": Reply.model_validate(made)})
        rows = [
            self._append(session, conversation, "assistant", message.web.text, content=message)
            for message in reply.reply.messages
        ]
        understood = reply.reply.understood
        rows[-1].expects = reply.reply.expects.model_dump(mode="json")
        for row in rows:
            row.in_reply_to = reply.in_reply_to
        question.answered, question.understood = True, understood.model_dump(mode="json")
        question.leased_by = question.leased_until = None
        await session.flush()
        if question.choice is None:
            await self._understanding.note(session, question.text, understood.outcome, conversation.channel)
        self._announce_reply(session, conversation_id, reply, rows[-1].seq, by)
        await self._ask_for_staff(session, conversation, reply.reply, question.text, by)
        return await self._list(session, conversation, rows)

    async def tell(self, session: AsyncSession, conversation_id: str, message: ReplyMessage) -> None:
        """Say something to the citizen on behalf of the hall (a case has news)."""
        conversation = await self._held(session, conversation_id)
        row = self._append(session, conversation, "system", message.web.text, content=message)
        await session.flush()
        self._events.publish(
            session,
            MESSAGE_ADDED,
            f"conversation:{conversation_id}",
            SYSTEM,
            MessageAdded(seq=row.seq, sender="system"),
        )

    def _announce_reply(
        self, session: AsyncSession, conversation_id: str, reply: NewReply, seq: int, by: Principal
    ) -> None:
        understood = reply.reply.understood
        added = MessageAdded(
            seq=seq,
            sender="assistant",
            intent=understood.intent,
            item=understood.item,
            topic=understood.topic,
            confidence=understood.confidence,
            outcome=understood.outcome,
        )
        subject = f"conversation:{conversation_id}"
        self._events.publish(session, MESSAGE_ADDED, subject, by, added)
        if reply.reply.handover is not None:
            requested = HandoverRequested(topic=reply.reply.handover.topic)
            self._events.publish(session, HANDOVER_REQUESTED, subject, by, requested)
            if reply.reply.handover.danger is not None:
                self._events.publish(session, DANGER_SEEN, subject, by, reply.reply.handover.danger)

    async def _ask_for_staff(
        self, session: AsyncSession, conversation: ConversationRow, reply: Reply, said: str, by: Principal
    ) -> None:
        """Have a member of staff take over what the assistant hands over."""
        if reply.handover is not None:
            new = NewAssistance(
                kind=reply.handover.reason,
                conversation=conversation.id,
                channel=conversation.channel,
                said=said,
                item=reply.understood.item,
                topic=reply.handover.topic,
            )
            await self._assistance.request(session, new, by)

    def _append(
        self,
        session: AsyncSession,
        conversation: ConversationRow,
        sender: str,
        text: str,
        *,
        message_id: str | None = None,
        content: ReplyMessage | None = None,
    ) -> MessageRow:
        conversation.last_seq += 1
        row = MessageRow(
            conversation_id=conversation.id,
            seq=conversation.last_seq,
            message_id=message_id or uuid4().hex,
            sender=sender,
            at=self._clock.now(),
            text=text,
            content=None if content is None else content.model_dump(mode="json"),
            answered=True,
        )
        session.add(row)
        return row

    def _is_verified(self, row: ConversationRow) -> bool:
        return row.verified_until is not None and row.verified_until > self._clock.now()

    def _view(self, row: ConversationRow) -> Conversation:
        return Conversation.model_validate(
            {
                "id": row.id,
                "channel": row.channel,
                "verified": row.verified if self._is_verified(row) else "none",
                "handled_by": row.handled_by,
                "last_seq": row.last_seq,
                "opened_at": row.opened_at,
            }
        )

    async def _row(self, session: AsyncSession, conversation_id: str) -> ConversationRow:
        row = await session.get(ConversationRow, conversation_id)
        if row is None:
            raise NotFoundError("conversation.unknown")
        return row

    async def _held(self, session: AsyncSession, conversation_id: str) -> ConversationRow:
        """The row, locked until the end of the transaction: one change at a time per conversation."""
        row = await session.get(ConversationRow, conversation_id, with_for_update=True)
        if row is None:
            raise NotFoundError("conversation.unknown")
        return row

    @staticmethod
    async def _give_up_leases(session: AsyncSession, claim: TurnClaim) -> None:
        """Free what the worker leased and no longer answers: all of it at once, not when each lease ends."""
        holding = () if claim.starting else claim.holding
        if holding is None:
            return
        await session.execute(
            update(MessageRow)
            .where(
                MessageRow.answered.is_(False),
                MessageRow.leased_by == claim.worker,
                MessageRow.conversation_id.not_in(holding),
            )
            .values(leased_by=None, leased_until=None)
        )

    async def _is_free(self, session: AsyncSession, row: MessageRow) -> bool:
        """Whether the message can be leased now; its conversation is then locked."""
        held = await session.scalar(
            select(ConversationRow.id)
            .where(ConversationRow.id == row.conversation_id, ConversationRow.handled_by == "assistant")
            .with_for_update(skip_locked=True)
        )
        if held is None:
            return False
        await session.refresh(row)  # as it is now that nobody else can change it
        leased = row.leased_until is not None and row.leased_until > self._clock.now()
        return not row.answered and not leased

    @staticmethod
    async def _by_message_id(session: AsyncSession, conversation_id: str, message_id: str) -> MessageRow | None:
        found: MessageRow | None = await session.scalar(
            select(MessageRow).where(MessageRow.conversation_id == conversation_id, MessageRow.message_id == message_id)
        )
        return found

    async def _leased(self, session: AsyncSession, row: MessageRow, *, others_wait: bool) -> LeasedTurn:
        conversation = self._view(await self._row(session, row.conversation_id))
        message = (await self._messages(session, [row]))[0]
        turn = Turn(
            message_id=message.message_id,
            seq=message.seq,
            channel=conversation.channel,
            text=message.text if message.choice is None else None,
            choice=message.choice,
            identifiers=message.identifiers,
            recognised=message.recognised,
            verified=conversation.verified,
        )
        until = row.leased_until or self._clock.now()
        return LeasedTurn(conversation=conversation.id, turn=turn, leased_until=until, others_wait=others_wait)

    async def _messages(self, session: AsyncSession, rows: Sequence[MessageRow]) -> list[Message]:
        kept = await self._vault.look_up_all(session, [row.text for row in rows])
        return [read_message(row, identifiers) for row, identifiers in zip(rows, kept, strict=True)]


CONVERSATIONS = web.AppKey("conversations", ConversationsService)


_PERSONAL_NUMBERS = frozenset({"id", "phone", "bank", "document"})


def _checked(new: NewMessage) -> str:
    """The words of a message, tidied. Raises InvalidError with the field named."""
    if new.choice is not None:
        return tidy(new.shown) or str(new.choice)
    text = tidy(new.text or "")
    if not text:
        raise InvalidError("message.empty", field="text")
    if len(text) > MAX_MESSAGE:
        raise InvalidError("message.too_long", field="text", length=len(text), limit=MAX_MESSAGE)
    if not _HAS_WORDS.search(text):
        raise InvalidError("message.no_words", field="text")
    return text
