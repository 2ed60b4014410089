"""Events: one table, written in the transaction of the change. Whoever follows resumes from the last id it saw."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from aiohttp import WSCloseCode, web
from sqlalchemy import JSON, ColumnElement, Integer, String, func, or_, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.contracts.event_kinds import EventKind, Payload
from backend.contracts.events import Event
from backend.platform.audit import OWN_RECORD, Audit
from backend.platform.clock import Clock
from backend.platform.database import Base, Database, Instant, after_commit, before_commit, in_commit_order
from backend.platform.identity import Principal
from backend.platform.subscriptions import Subscription

BATCH = 500
RIGHTS_SECONDS = 30.0
"""How long somebody whose session ran out is told of events at most; signing out ends it at once."""
Rights = Callable[[AsyncSession], Awaitable[Subscription | None]]
"""What somebody may be told of now; None: nothing any more."""
POLL_INTERVAL_SECONDS = 0.25
"""Seconds between looks for events of other backends: one indexed query each, whoever follows here."""
log = structlog.get_logger(__name__)
_WAITING = "events_waiting"
_COMMITTED = "kinds_of_events"
_CONCERNED = ("owner", "former_owner", "deputy")
"""Fields of OfUnit that name a member of staff."""


class EventRow(Base):
    """Something that happened. No personal data."""

    __tablename__ = "events"
    __table_args__ = ({"sqlite_autoincrement": True},)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(Instant)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    by: Mapped[dict[str, Any]] = mapped_column(JSON)
    data: Mapped[dict[str, Any]] = mapped_column(JSON)


class Events:
    """Publishes, and wakes whoever follows. What is published is a change: it goes into the audit trail too."""

    def __init__(self, database: Database, clock: Clock, audit: Audit, kinds: Collection[EventKind[Any]]) -> None:
        self.kinds = kinds
        """Everything that can be published: what the features declare."""
        self._database = database
        self._audit = audit
        self._clock = clock
        self._followers: dict[asyncio.Event, frozenset[str] | None] = {}
        """Whom a commit wakes, and for which kinds of events (None: for all)."""

    def publish(
        self, session: AsyncSession, kind: EventKind[Payload], subject: str, by: Principal, data: Payload
    ) -> None:
        """Add the event to the transaction of the change; it gets its id when the transaction is about to be committed."""
        if kind not in self.kinds:
            raise ValueError(f"no feature declares this kind of event: {kind.name}")
        told = data.model_dump(mode="json", by_alias=True, exclude_unset=True)
        session.info.setdefault(_WAITING, []).append(
            EventRow(at=self._clock.now(), kind=kind.name, subject=subject, by=by.as_event_source(), data=told)
        )
        before_commit(session, _write)
        committed: set[str] = session.info.setdefault(_COMMITTED, set())
        if not committed:
            after_commit(session, lambda: self.wake(committed))
        committed.add(kind.name)
        if kind.name not in OWN_RECORD:
            self._audit.record(session, kind.name, subject, by, details=told)

    def wake(self, kinds: Collection[str] | None = None) -> None:
        """Events of these kinds were committed; None: it is not known which."""
        for follower, wanted in self._followers.items():
            if kinds is None or wanted is None or not wanted.isdisjoint(kinds):
                follower.set()

    async def watch(self) -> None:
        """Wake followers of what other backends commit; never ends by itself. Not needed on SQLite, which has one."""
        seen = 0
        while True:
            try:
                async with self._database.read() as session:
                    last = await self.last_id(session)
            except (SQLAlchemyError, OSError):
                log.warning("events.database_away")
                last = seen
            if last != seen:
                seen = last
                self.wake()
            await asyncio.sleep(POLL_INTERVAL_SECONDS)

    async def after(
        self, session: AsyncSession, event_id: int, wanted: Subscription, limit: int = BATCH
    ) -> list[Event]:
        """Return the events after an id that a subscription receives, oldest first."""
        rows = await session.scalars(
            select(EventRow).where(EventRow.id > event_id, *_concerns(wanted)).order_by(EventRow.id).limit(limit)
        )
        return [
            Event(id=row.id, at=row.at, kind=row.kind, subject=row.subject, by=row.by, data=row.data) for row in rows
        ]

    async def last_id(self, session: AsyncSession) -> int:
        """Id of the newest event, 0 if there is none."""
        return await session.scalar(select(func.max(EventRow.id))) or 0

    async def follow(self, after: int, wanted: Subscription, rights: Rights | None = None) -> AsyncIterator[Event]:
        """Events after an id, then every new one as it is committed.

        ``rights`` are read anew with every look, at least each RIGHTS_SECONDS; without any left it ends, else never.
        """
        woken = asyncio.Event()
        self._followers[woken] = wanted.kinds if rights is None else None  # rights change with events of any kind
        try:
            while True:
                woken.clear()
                async with self._database.read() as session:
                    told = wanted if rights is None else await rights(session)
                    if told is None:
                        return
                    last = await self.last_id(session)
                    batch = await self.after(session, after, told)
                for event in batch:
                    yield event
                if len(batch) == BATCH:
                    after = batch[-1].id
                    continue
                after = max(
                    [after, last, *(event.id for event in batch[-1:])]
                )  # what concerns others is not read again
                with suppress(TimeoutError):
                    async with asyncio.timeout(None if rights is None else RIGHTS_SECONDS):
                        await woken.wait()
        finally:
            del self._followers[woken]

    async def follow_until_closed(
        self, socket: web.WebSocketResponse, after: int, wanted: Subscription, rights: Rights | None = None
    ) -> None:
        """Send events over a socket until the other side closes it, or nothing may be told any more."""
        sending = asyncio.create_task(self._send_all(socket, after, wanted, rights))
        try:
            async for _ in socket:
                pass
        finally:
            sending.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await sending

    async def _send_all(
        self, socket: web.WebSocketResponse, after: int, wanted: Subscription, rights: Rights | None
    ) -> None:
        async for event in self.follow(after, wanted, rights):
            await socket.send_str(event.model_dump_json())
        await socket.close(code=WSCloseCode.POLICY_VIOLATION)


def _concerns(wanted: Subscription) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[bool]] = [EventRow.kind.in_(wanted.kinds)]
    if wanted.units is not None:
        chosen.append(
            EventRow.kind.not_in(wanted.of_unit)
            | EventRow.data["unit"].as_string().in_(wanted.units)
            | or_(*(EventRow.data[name].as_string() == wanted.owner for name in _CONCERNED))
        )
    return chosen


async def _write(session: AsyncSession) -> None:
    await in_commit_order(session)
    for row in session.info.pop(_WAITING, []):
        session.add(row)
        await session.flush()  # one by one: their ids follow the order of what happened
