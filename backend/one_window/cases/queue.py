"""A clerk's queue: filtered, counted and cut in the database.

Whatever its length a list costs five statements at most, one more where an identifier is looked for.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Date, String, and_, case, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import CaseList, CaseQuery, CaseState, DueCounts
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.rules import rules
from backend.one_window.cases.search import Wanted
from backend.one_window.cases.steps import OPEN
from backend.one_window.cases.views import CaseViews
from backend.platform.database import Instant
from backend.platform.errors import InvalidError
from backend.platform.identity import Principal
from backend.platform.working_days import WorkingCalendar

_DUE = func.coalesce(CaseRow.due_on, literal(date.max, Date))
"""A case without a due date comes last."""
_ORDER = (_DUE, CaseRow.submitted_at, CaseRow.id)


@dataclass(frozen=True, slots=True)
class QueueCursor:
    """Where a page ended: the keys of its last case. Cases that come or go meanwhile shift nothing."""

    due_on: date
    submitted_at: datetime
    id: str

    @classmethod
    def of(cls, row: CaseRow) -> QueueCursor:
        """The place of a submitted case."""
        if row.submitted_at is None:
            raise ValueError(row.id)
        return cls(row.due_on or date.max, row.submitted_at, row.id)

    @classmethod
    def read(cls, text: str) -> QueueCursor:
        """What ``written`` wrote. Raises InvalidError (``page``)."""
        try:
            due_on, submitted_at, case_id = json.loads(base64.urlsafe_b64decode(text.encode("ascii")))
            place = cls(date.fromisoformat(due_on), datetime.fromisoformat(submitted_at), str(case_id))
        except (ValueError, TypeError, binascii.Error, RecursionError) as error:
            raise InvalidError("case.page_unknown", field="page") from error
        if place.submitted_at.tzinfo is None:
            raise InvalidError("case.page_unknown", field="page")
        return place

    def written(self) -> str:
        """For the address of the next page."""
        keys = [self.due_on.isoformat(), self.submitted_at.isoformat(), self.id]
        return base64.urlsafe_b64encode(json.dumps(keys).encode()).decode("ascii")

    @property
    def passed(self) -> ColumnElement[bool]:
        """Cases after this place."""
        here = tuple_(literal(self.due_on, Date), literal(self.submitted_at, Instant), literal(self.id, String))
        return tuple_(*_ORDER) > here


class Queue:
    """Finds cases for staff."""

    def __init__(self, views: CaseViews, access: CaseAccess, calendar: WorkingCalendar) -> None:
        self._views = views
        self._access = access
        self._calendar = calendar

    async def page(self, session: AsyncSession, query: CaseQuery, found: Wanted | None, who: Principal) -> CaseList:
        """Cases of a clerk or of their units, most urgent first; how many of each state and urgency. ``found``: which are meant."""
        after = QueueCursor.read(query.page).passed if query.page else None
        whose = self._whose(query, who, found)
        urgency = self._urgency()
        counts, due = await _counted(session, whose, urgency)
        limits: list[ColumnElement[bool]] = [CaseRow.state.in_(states)] if (states := _states(query, found)) else []
        limits += [urgency[query.due]] if query.due else []
        chosen = (
            select(CaseRow, self._access.covered_by(who)).where(*whose, *limits).order_by(*_ORDER).limit(query.size + 1)
        )
        rows = (await session.execute(chosen if after is None else chosen.where(after))).tuples().all()
        shown = rows[: query.size]
        total = sum(number for state, number in counts.items() if not states or state in states)
        return CaseList(
            cases=await self._views.summaries(session, dict(shown), who),
            counts=counts,
            due=due,
            total=getattr(due, query.due) if query.due else total,
            next=QueueCursor.of(shown[-1][0]).written() if len(rows) > query.size else None,
        )

    def _whose(self, query: CaseQuery, who: Principal, found: Wanted | None) -> list[ColumnElement[bool]]:
        chosen: list[ColumnElement[bool]] = [CaseRow.state != CaseState.DRAFT, CaseRow.number.is_not(None)]
        seen = self._access.seen_by(who)
        if seen is not None:
            chosen.append(seen)
        if found is not None:
            chosen.append(found.cases)
        elif query.scope == "mine":
            chosen.append(self._access.of(who))
        return chosen

    def _urgency(self) -> dict[str, ColumnElement[bool]]:
        """Conditions of the urgencies; a case whose time limit stands still has none."""
        today = self._views.today()
        soon = self._calendar.last_of(today, rules().due_soon_working_days)
        is_open = CaseRow.state.in_(OPEN)
        return {
            "overdue": and_(is_open, CaseRow.due_on < today),
            "today": and_(is_open, CaseRow.due_on == today),
            "soon": and_(is_open, CaseRow.due_on > today, CaseRow.due_on <= soon),
        }


async def _counted(
    session: AsyncSession, whose: Sequence[ColumnElement[bool]], urgency: Mapping[str, ColumnElement[bool]]
) -> tuple[dict[str, int], DueCounts]:
    sums = [func.sum(case((condition, 1), else_=0)).label(name) for name, condition in urgency.items()]
    rows = await session.execute(
        select(CaseRow.state, func.count().label("all"), *sums).where(*whose).group_by(CaseRow.state)
    )
    counted = [row._asdict() for row in rows]
    due = {name: sum(row[name] for row in counted) for name in urgency}
    return {row["state"]: row["all"] for row in counted}, DueCounts.model_validate(due)


def _states(query: CaseQuery, found: Wanted | None) -> frozenset[CaseState]:
    """States that are listed; empty for all: somebody who has a number or a name finds the case whatever became of it."""
    if query.state:
        return frozenset({query.state})
    return OPEN if found is None or query.due else frozenset()
