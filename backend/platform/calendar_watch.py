"""Keeps every backend to the centre's calendar, and has computed anew what hangs on it.

The digest of the calendar lies in the database: a change that a backend did not finish, and a holiday table that came with an
upgrade, are noticed at the next start.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web

from backend.platform.calendar_events import CALENDAR_CHANGED
from backend.platform.database import Database
from backend.platform.events import Events
from backend.platform.subscriptions import Subscription
from backend.platform.working_days import CalendarEdition, WorkingCalendar

log = structlog.get_logger(__name__)
Recompute = Callable[[], Awaitable[None]]
"""Computes anew what hangs on the calendar, in transactions of its own; doing it twice changes nothing more."""


class CalendarWatch:
    """Follows changes of the calendar, by whichever backend."""

    def __init__(
        self, database: Database, calendar: WorkingCalendar, events: Events, recomputations: Sequence[Recompute]
    ) -> None:
        self._database = database
        self._calendar = calendar
        self._events = events
        self._recomputations = recomputations

    async def run(self) -> None:
        """Run until cancelled; whoever runs it begins again after a failure."""
        async with self._database.read() as session:
            after = await self._events.last_id(session)
        await self.catch_up()
        async for _ in self._events.follow(after, Subscription(frozenset({CALENDAR_CHANGED.name}))):
            await self.catch_up()

    async def catch_up(self) -> None:
        """Read the calendar; compute anew unless that was done by exactly this one."""
        async with self._database.read() as session:
            await self._calendar.load(session)
            edition = await session.get(CalendarEdition, 1)
        digest = self._calendar.digest
        if edition is not None and edition.digest == digest:
            return
        for recompute in self._recomputations:
            await recompute()
        async with self._database.write() as session:
            await session.merge(CalendarEdition(id=1, digest=digest))
        log.info("calendar.recomputed")


CALENDAR_WATCH = web.AppKey("calendar_watch", CalendarWatch)
