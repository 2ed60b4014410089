"""A clerk's queue: filtered, counted and cut in the database. Whatever its length a list costs five statements at most."""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, String, func, literal, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import CaseList, CaseQuery, CaseState
from backend.language.serial_numbers import ungroup
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.steps import OPEN
from backend.one_window.cases.views import CaseViews
from backend.platform.database import Instant
from backend.platform.errors import InvalidError
from backend.platform.identity import Principal
from backend.platform.staff_directory import EVERY_UNIT

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


async def queue(session: AsyncSession, views: CaseViews, query: CaseQuery, who: Principal) -> CaseList:
    """Cases of a clerk or of their units, most urgent first, a page of them; and how many there are of each state."""
    after = QueueCursor.read(query.page).passed if query.page else None
    whose = _whose(query, who)
    counted = await session.execute(select(CaseRow.state, func.count()).where(*whose).group_by(CaseRow.state))
    counts: dict[str, int] = dict(iter(counted.tuples()))
    states = _states(query)
    wanted = [*whose, CaseRow.state.in_(states)] if states else whose
    chosen = select(CaseRow).where(*wanted).order_by(*_ORDER).limit(query.size + 1)
    rows = list(await session.scalars(chosen if after is None else chosen.where(after)))
    shown = rows[: query.size]
    return CaseList(
        cases=await views.summaries(session, shown, who),
        counts=counts,
        total=sum(number for state, number in counts.items() if not states or state in states),
        next=QueueCursor.of(shown[-1]).written() if len(rows) > query.size else None,
    )


def _states(query: CaseQuery) -> frozenset[CaseState]:
    """States that are listed; empty for all: somebody who has a number finds the case whatever became of it."""
    if query.state:
        return frozenset({query.state})
    return frozenset() if ungroup(query.q) else OPEN


def _whose(query: CaseQuery, who: Principal) -> list[ColumnElement[bool]]:
    chosen: list[ColumnElement[Any]] = [CaseRow.state != CaseState.DRAFT, CaseRow.number.is_not(None)]
    number = ungroup(query.q)
    if number:
        chosen.append(CaseRow.number.contains(number, autoescape=True))
    if EVERY_UNIT not in who.units:
        chosen.append(CaseRow.unit.in_(who.units) | (CaseRow.owner == who.id))
    if query.scope == "mine" and not number:
        chosen.append(CaseRow.owner == who.id)
    return chosen
