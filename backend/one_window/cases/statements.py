"""What applicants say of a supplement that is asked for, or that a field is wrong, kept for the case's clerk. Papers come another way."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import UNDECIDED, Case, NewStatement
from backend.contracts.event_kinds import OfUnit
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.awaited import awaited_of
from backend.one_window.cases.events import STATEMENT_ADDED
from backend.one_window.cases.history import steps_of
from backend.one_window.cases.models import CaseRow, CaseStatement
from backend.one_window.cases.rules import rules
from backend.one_window.cases.typed_texts import statements_of
from backend.one_window.cases.views import CaseViews
from backend.one_window.cases.wording import wrong_field
from backend.platform.clock import Clock
from backend.platform.errors import ConflictError, InvalidError
from backend.platform.events import Events
from backend.platform.identity import Principal


class Statements:
    """Keeps them."""

    def __init__(self, access: CaseAccess, views: CaseViews, clock: Clock, events: Events) -> None:
        self._access = access
        self._views = views
        self._clock = clock
        self._events = events

    async def add(self, session: AsyncSession, case_id: str, new: NewStatement, who: Principal) -> Case:
        """Keep what was said; the owner is told.

        Raises NotFoundError, ConflictError where nothing is asked for or the case is decided, InvalidError for a field it has not.
        """
        row = await self._access.row(session, case_id, who, hold=True)
        line = await self._about(session, row, new, who)
        if len(await statements_of(session, row)) >= rules().statements_most:
            raise ConflictError("case.statements_many", most=rules().statements_most)
        text = await self._views.texts.kept(session, row, new.text, "text", passed_on=True)
        session.add(CaseStatement(case_id=row.id, at=self._clock.now(), line=line, text=text))
        await session.flush()
        self._events.publish(session, STATEMENT_ADDED, f"case:{row.id}", who, OfUnit(unit=row.unit, owner=row.owner))
        return await self._views.case(session, row, who)

    async def _about(self, session: AsyncSession, row: CaseRow, new: NewStatement, who: Principal) -> str:
        """What the statement is about, as the clerk reads it."""
        if new.field is not None:
            if row.state not in UNDECIDED:
                raise ConflictError("case.decided")
            fields = (await self._views.case(session, row, who)).fields
            label = next((field.label for field in fields if field.id == new.field), None)
            if label is None:
                raise InvalidError("case.field_unknown", field="field")
            return wrong_field(label)
        lines = (await awaited_of(session, row, await steps_of(session, row.id))).lines
        if not lines:
            raise ConflictError("case.nothing_awaited")
        if new.line is not None and new.line >= len(lines):
            raise ConflictError("case.line_gone")
        return "" if new.line is None else lines[new.line].name


STATEMENTS = web.AppKey("case_statements", Statements)
