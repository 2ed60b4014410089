"""Complaints, suggestions and praise: registered with a number, answered in term, read by their author in the conversation."""

from __future__ import annotations

from datetime import timedelta

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.feedback import Feedback, FeedbackAnswer, FeedbackKind, FeedbackList, FeedbackView, NewFeedback
from backend.contracts.replies import ReplyMessage
from backend.language.identifiers_in_text import NUMBER_MARK
from backend.language.placeholders import replace_placeholders
from backend.language.serial_numbers import group
from backend.language.text import tidy
from backend.one_window.conversations.service import ConversationsService, vault_owner
from backend.one_window.feedback.events import FEEDBACK_ANSWERED, FEEDBACK_RECEIVED, Received
from backend.one_window.feedback.models import FeedbackRow
from backend.one_window.feedback.ratings import Ratings
from backend.one_window.feedback.rules import rules, words
from backend.platform.clock import Clock, local_date
from backend.platform.errors import ConflictError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.numbering import NumberKind, next_number
from backend.platform.staff_directory import StaffDirectory
from backend.platform.vault import Vault
from backend.platform.working_days import WorkingCalendar

MAX_LISTED = 200
ANSWERED_SHOWN = timedelta(days=30)


class FeedbackService:
    """What citizens say of the service, and the answers."""

    def __init__(
        self,
        conversations: ConversationsService,
        staff: StaffDirectory,
        vault: Vault,
        calendar: WorkingCalendar,
        ratings: Ratings,
        clock: Clock,
        events: Events,
    ) -> None:
        self._conversations = conversations
        self._staff = staff
        self._vault = vault
        self._calendar = calendar
        self._ratings = ratings
        self._clock = clock
        self._events = events

    async def register(self, session: AsyncSession, conversation: str, new: NewFeedback, who: Principal) -> Feedback:
        """Give it a number and the day until which it is answered. Raises NotFoundError for an unknown conversation."""
        opened = await self._conversations.conversation(session, conversation)
        text, _ = await self._vault.keep_passed_on(session, tidy(new.text), vault_owner(conversation))
        today = local_date(self._clock.now())
        row = FeedbackRow(
            number=await next_number(session, NumberKind.FEEDBACK, today),
            kind=new.kind,
            conversation=conversation,
            channel=opened.channel,
            text=text,
            received_at=self._clock.now(),
            answer_by=self._calendar.last_of(today, rules().answer_days[new.kind]),
            answer="",
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, FEEDBACK_RECEIVED, f"feedback:{row.number}", who, Received(kind=new.kind))
        return _feedback(row)

    async def of_conversation(self, session: AsyncSession, conversation: str) -> list[Feedback]:
        """What was registered in a conversation, newest first."""
        rows = await session.scalars(
            select(FeedbackRow)
            .where(FeedbackRow.conversation == conversation)
            .order_by(FeedbackRow.received_at.desc(), FeedbackRow.number.desc())
        )
        return [_feedback(row) for row in rows]

    async def listed(self, session: AsyncSession) -> FeedbackList:
        """What waits for an answer, soonest due first; what was answered in the last 30 days; ratings."""
        now = self._clock.now()
        waiting = await session.scalars(
            select(FeedbackRow)
            .where(FeedbackRow.answered_at.is_(None))
            .order_by(FeedbackRow.answer_by, FeedbackRow.received_at)
            .limit(MAX_LISTED)
        )
        answered = await session.scalars(
            select(FeedbackRow)
            .where(FeedbackRow.answered_at >= now - ANSWERED_SHOWN)
            .order_by(FeedbackRow.answered_at.desc())
            .limit(MAX_LISTED)
        )
        waiting_rows, answered_rows = list(waiting), list(answered)
        names = await self._staff.names(session, {row.answered_by for row in answered_rows if row.answered_by})
        return FeedbackList(
            open=tuple(self._view(row, names) for row in waiting_rows),
            answered=tuple(self._view(row, names) for row in answered_rows),
            levels=await self._ratings.levels(session),
            low=await self._ratings.low(session),
        )

    async def answer(self, session: AsyncSession, number: str, new: FeedbackAnswer, who: Principal) -> None:
        """Answer it; the author reads it in the conversation. Raises NotFoundError, ConflictError."""
        row = await session.get(FeedbackRow, number, with_for_update=True)
        if row is None:
            raise NotFoundError("feedback.unknown")
        if row.answered_at is not None:
            names = await self._staff.names(session, {row.answered_by or ""})
            raise ConflictError("feedback.answered", colleague=names.get(row.answered_by or "", ""))
        text, _ = await self._vault.keep_text(session, tidy(new.answer), vault_owner(row.conversation))
        row.answer, row.answered_by, row.answered_at = text, who.id, self._clock.now()
        kind = FeedbackKind(row.kind)
        self._events.publish(session, FEEDBACK_ANSWERED, f"feedback:{row.number}", who, Received(kind=kind))
        shown = replace_placeholders(text, NUMBER_MARK)
        said = words().answered.format(kind=rules().kinds[kind], number=group(row.number), answer=shown)
        await self._conversations.tell(session, row.conversation, ReplyMessage.plain(said))

    def _view(self, row: FeedbackRow, names: dict[str, str]) -> FeedbackView:
        return FeedbackView(
            **dict(_feedback(row)),
            channel_name=words().channels.get(row.channel, row.channel),
            text=replace_placeholders(row.text, NUMBER_MARK),
            late=row.answered_at is None and row.answer_by < local_date(self._clock.now()),
            answered_by=names.get(row.answered_by or "", ""),
        )


def _feedback(row: FeedbackRow) -> Feedback:
    kind = FeedbackKind(row.kind)
    return Feedback(
        number=row.number,
        number_text=group(row.number),
        kind=kind,
        kind_name=rules().kinds[kind],
        received_at=row.received_at,
        answer_by=row.answer_by,
        answer=replace_placeholders(row.answer, NUMBER_MARK),
        answered_at=row.answered_at,
    )


FEEDBACK = web.AppKey("feedback", FeedbackService)
