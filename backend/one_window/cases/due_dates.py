"""Due dates computed anew when the calendar changed: whose date moved is told, with an event."""

from __future__ import annotations

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cards import CaseCard
from backend.contracts.replies import DeskRendering, ReplyMessage, WebRendering
from backend.one_window.cases.events import DUE_DATE_CHANGED, Moved
from backend.one_window.cases.history import steps_of_all
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.steps import OPEN
from backend.one_window.cases.timing import due_on
from backend.one_window.cases.views import CaseViews
from backend.one_window.cases.wording import say
from backend.one_window.catalogue.service import CatalogueService
from backend.one_window.conversations.service import ConversationsService
from backend.platform.database import Database
from backend.platform.errors import NotFoundError
from backend.platform.events import Events
from backend.platform.identity import SYSTEM

log = structlog.get_logger(__name__)
BATCH = 100
"""Cases a transaction: clerks go on working in between."""


class DueDates:
    """Of all cases that are being handled."""

    def __init__(
        self,
        database: Database,
        catalogue: CatalogueService,
        conversations: ConversationsService,
        views: CaseViews,
        events: Events,
    ) -> None:
        self._database = database
        self._catalogue = catalogue
        self._conversations = conversations
        self._views = views
        self._events = events

    async def recompute(self) -> None:
        """Go through them in batches; several backends may do so at once, each date moves once."""
        last, moved = "", 0
        while True:
            async with self._database.write() as session:
                chosen = select(CaseRow).where(CaseRow.state.in_(OPEN), CaseRow.id > last).order_by(CaseRow.id)
                rows = list(await session.scalars(chosen.limit(BATCH).with_for_update()))
                moved += await self._recompute(session, rows)
            if len(rows) < BATCH:
                break
            last = rows[-1].id
        log.info("cases.due_dates_recomputed", moved=moved)

    async def _recompute(self, session: AsyncSession, rows: list[CaseRow]) -> int:
        items = await self._catalogue.items_at(session, {(row.item, row.item_version) for row in rows})
        steps = await steps_of_all(session, [row.id for row in rows])
        moved = []
        for row in rows:
            before = row.due_on
            row.due_on = due_on(self._views.deadlines(row, items[row.item, row.item_version], steps[row.id]))
            if row.due_on != before:
                moved.append((row, before))
        for row, before in moved:
            change = Moved(before=before, after=row.due_on, unit=row.unit, owner=row.owner)
            self._events.publish(session, DUE_DATE_CHANGED, f"case:{row.id}", SYSTEM, change)
            await self._tell(session, row)
        return len(moved)

    async def _tell(self, session: AsyncSession, row: CaseRow) -> None:
        case = await self._views.case(session, row, SYSTEM)
        card = CaseCard.of(case)
        text = say("news", "due_date_changed", number=case.number_text, sentence=case.due_text)
        news = ReplyMessage(
            web=WebRendering(text=text, card=card), speech=text, desk=DeskRendering(card=card, script=text)
        )
        try:
            await self._conversations.tell(session, row.conversation, news)
        except NotFoundError:  # its conversation is forgotten; the case goes on
            log.info("cases.nobody_to_tell", case=row.id)
