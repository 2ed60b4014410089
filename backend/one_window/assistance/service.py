"""Requests for a member of staff: opened by other features, taken by one person, finished with a note."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from aiohttp import web
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.assistance import AssistanceList, AssistanceNote, AssistanceRequest
from backend.contracts.event_kinds import NoData
from backend.contracts.replies import ReplyMessage
from backend.language.identifiers_in_text import NUMBER_MARK
from backend.language.names import hide_names
from backend.language.placeholders import replace_placeholders
from backend.language.text import tidy
from backend.one_window.assistance.events import (
    ASSISTANCE_FINISHED,
    ASSISTANCE_REQUESTED,
    ASSISTANCE_TAKEN,
    Requested,
)
from backend.one_window.assistance.kinds import kinds, known_kind, words
from backend.one_window.assistance.models import AssistanceRow
from backend.one_window.catalogue.service import CatalogueService
from backend.platform.clock import SHANGHAI, Clock, local_date
from backend.platform.errors import ConflictError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory
from backend.platform.vault import Vault

SpeakInConversation = Callable[[AsyncSession, str, ReplyMessage], Awaitable[None]]
"""Adds a message of the hall to a conversation."""
MAX_SAID = 200
MAX_LISTED = 200
"""Requests of each state in one answer."""


@dataclass(frozen=True, slots=True)
class NewAssistance:
    """What another feature asks for. ``kind``: a name of kinds.yaml; an unknown one counts as the usual."""

    kind: str
    conversation: str
    channel: str
    said: str = ""
    """With placeholders in place of identifiers."""
    item: str | None = None
    topic: str | None = None


class AssistanceService:
    """Keeps the list; one request a conversation at a time."""

    def __init__(
        self, catalogue: CatalogueService, staff: StaffDirectory, vault: Vault, clock: Clock, events: Events
    ) -> None:
        self._catalogue = catalogue
        self._staff = staff
        self._vault = vault
        self._clock = clock
        self._events = events
        self._speak: SpeakInConversation | None = None

    def speak_through(self, speak: SpeakInConversation) -> None:
        """Let citizens read who took their request and what is answered; conversations stand on this service."""
        self._speak = speak

    async def request(self, session: AsyncSession, new: NewAssistance, by: Principal) -> None:
        """Open a request, or count it with the conversation's open one; an alarm makes that one wait again."""
        kind = known_kind(new.kind)
        urgent = kinds()[kind].urgent
        row = await session.scalar(
            select(AssistanceRow).where(AssistanceRow.conversation == new.conversation, AssistanceRow.state != "done")
        )
        if row is None:
            row = AssistanceRow(
                kind=kind,
                conversation=new.conversation,
                channel=new.channel,
                said="",
                times=0,
                requested_at=self._clock.now(),
                state="waiting",
                note="",
            )
            session.add(row)
        elif urgent and not kinds()[row.kind].urgent:
            row.kind, row.state, row.taken_by, row.taken_at = kind, "waiting", None, None
        row.times += 1
        row.said = hide_names(replace_placeholders(new.said, NUMBER_MARK)).strip()[:MAX_SAID]
        row.item, row.topic = new.item or row.item, new.topic or row.topic
        await session.flush()
        self._events.publish(
            session, ASSISTANCE_REQUESTED, f"assistance:{row.id}", by, Requested(kind=row.kind, urgent=urgent)
        )

    async def listed(self, session: AsyncSession, who: Principal) -> AssistanceList:
        """What waits, what is taken, what was finished today."""
        waiting = await self._rows(session, "waiting")
        waiting.sort(key=lambda row: not kinds()[row.kind].urgent)  # stable: the longest waiting first
        taken = await self._rows(session, "taken")
        done = list(
            await session.scalars(
                select(AssistanceRow)
                .where(AssistanceRow.state == "done", AssistanceRow.done_at >= self._midnight())
                .order_by(AssistanceRow.done_at.desc())
                .limit(MAX_LISTED)
            )
        )
        ids = {row.taken_by for row in (*taken, *done) if row.taken_by is not None}
        names = await self._staff.names(session, ids)
        items = {
            code: found.item.plain_name for code, found in (await self._catalogue.published(session)).items.items()
        }
        topics = {topic.id: topic.name for topic in self._catalogue.topics}

        def view(row: AssistanceRow) -> AssistanceRequest:
            about = items.get(row.item or "", "") or topics.get(row.topic or "", "")
            return _view(row, about, names.get(row.taken_by or "", ""), who)

        return AssistanceList(
            waiting=tuple(view(row) for row in waiting),
            taken=tuple(view(row) for row in taken),
            done=tuple(view(row) for row in done),
        )

    async def take(self, session: AsyncSession, request_id: int, who: Principal) -> None:
        """Take it up; taking one's own again changes nothing. Raises NotFoundError, ConflictError."""
        row = await self._row(session, request_id)
        if row.state == "done":
            raise ConflictError("assistance.done")
        if row.taken_by is not None and row.taken_by != who.id:
            names = await self._staff.names(session, {row.taken_by})
            raise ConflictError("assistance.taken", colleague=names.get(row.taken_by, ""))
        if row.taken_by is None:
            row.state, row.taken_by, row.taken_at = "taken", who.id, self._clock.now()
            self._events.publish(session, ASSISTANCE_TAKEN, f"assistance:{row.id}", who, NoData())
            await self._tell(session, row, words().taken, who)

    async def finish(self, session: AsyncSession, request_id: int, done: AssistanceNote, who: Principal) -> None:
        """Note what came of it and answer the citizen.

        Whoever took it may have gone home, so any of those who may take can finish.
        """
        row = await self._row(session, request_id)
        if row.state == "done":
            raise ConflictError("assistance.done")
        if row.state != "taken":
            raise ConflictError("assistance.not_taken")
        owner = f"conversation:{row.conversation}"
        text, _ = await self._vault.keep_text(session, tidy(done.note), owner)
        row.state, row.done_at, row.note = "done", self._clock.now(), text
        self._events.publish(session, ASSISTANCE_FINISHED, f"assistance:{row.id}", who, NoData())
        if done.answer.strip():
            answer, _ = await self._vault.keep_text(session, tidy(done.answer), owner)
            await self._tell(session, row, words().answered, who, answer=replace_placeholders(answer, NUMBER_MARK))

    async def _tell(
        self, session: AsyncSession, row: AssistanceRow, sentence: str, who: Principal, **said: str
    ) -> None:
        if self._speak is None:
            return
        names = await self._staff.names(session, {who.id})
        text = sentence.format(colleague=names.get(who.id, ""), **said)
        await self._speak(session, row.conversation, ReplyMessage.plain(text))

    async def of_conversation(self, session: AsyncSession, conversation: str) -> list[AssistanceRow]:
        """All requests of a conversation, oldest first."""
        return list(
            await session.scalars(
                select(AssistanceRow).where(AssistanceRow.conversation == conversation).order_by(AssistanceRow.id)
            )
        )

    async def erase(self, session: AsyncSession, conversation: str) -> int:
        """Delete the requests of a conversation; returns how many."""
        result = await session.execute(delete(AssistanceRow).where(AssistanceRow.conversation == conversation))
        return int(result.rowcount)  # type: ignore[attr-defined]  # the result of a DELETE is a CursorResult

    async def _rows(self, session: AsyncSession, state: str) -> list[AssistanceRow]:
        return list(
            await session.scalars(
                select(AssistanceRow)
                .where(AssistanceRow.state == state)
                .order_by(AssistanceRow.requested_at, AssistanceRow.id)
                .limit(MAX_LISTED)
            )
        )

    async def _row(self, session: AsyncSession, request_id: int) -> AssistanceRow:
        """The row, locked until the end of the transaction."""
        row = await session.get(AssistanceRow, request_id, with_for_update=True)
        if row is None:
            raise NotFoundError("assistance.unknown")
        return row

    def _midnight(self) -> datetime:
        return datetime.combine(local_date(self._clock.now()), time(), SHANGHAI)


ASSISTANCE = web.AppKey("assistance", AssistanceService)


def _view(row: AssistanceRow, about: str, taken_by: str, who: Principal) -> AssistanceRequest:
    kind = kinds()[known_kind(row.kind)]
    return AssistanceRequest(
        id=row.id,
        kind=row.kind,
        title=kind.title,
        advice=kind.advice,
        urgent=kind.urgent,
        channel_name=words().channels.get(row.channel, row.channel),
        about=about,
        said=row.said,
        times=row.times,
        requested_at=row.requested_at,
        taken_by=taken_by,
        taken_at=row.taken_at,
        mine=row.taken_by == who.id,
        done_at=row.done_at,
        note=replace_placeholders(row.note, NUMBER_MARK),
    )
