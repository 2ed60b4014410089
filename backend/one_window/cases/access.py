"""Who may see a case, and in whose place they act on it."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import CaseState
from backend.one_window.cases.covers import Covers
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.steps import Actor
from backend.platform.errors import NotFoundError
from backend.platform.identity import Principal
from backend.platform.staff_directory import EVERY_UNIT, handles_unit

AT_COUNTER = frozenset({Actor.CLERK, Actor.APPLICANT})
"""A case begun at the counter: the clerk also does what its applicant, who stands there, would do."""


@dataclass(frozen=True, slots=True)
class Standing:
    """In whose place somebody acts on a case, and for which absent owner."""

    actors: frozenset[Actor]
    deputy_for: str | None = None


class CaseAccess:
    """Finds cases for those who may see them; for everybody else they do not exist."""

    def __init__(self, covers: Covers) -> None:
        self._covers = covers

    async def row(self, session: AsyncSession, case_id: str, who: Principal, *, hold: bool = False) -> CaseRow:
        """The case. ``hold``: locked for a change. Raises NotFoundError."""
        row = await session.get(CaseRow, case_id, with_for_update=True if hold else None)
        if row is None or not (await self.standing(session, row, who)).actors:
            raise NotFoundError("case.unknown")
        return row

    async def standing(self, session: AsyncSession, row: CaseRow, who: Principal) -> Standing:
        """In whose place somebody acts on the case; no actors: it is none of theirs."""
        if who.kind != "staff":
            own = who.conversation is not None and row.conversation == who.conversation
            return Standing(frozenset({Actor.APPLICANT}) if own else frozenset())
        if row.state == CaseState.DRAFT:
            return Standing(AT_COUNTER if row.started_by == who.id else frozenset())
        covers = row.owner is not None and row.owner != who.id and await self._covers.runs(session, row.owner, who.id)
        if not (covers or handles_unit(who.units, row.unit) or row.owner == who.id):
            return Standing(frozenset())
        return Standing(
            AT_COUNTER if row.started_by is not None else frozenset({Actor.CLERK}), row.owner if covers else None
        )

    def seen_by(self, who: Principal) -> ColumnElement[bool] | None:
        """Which submitted cases staff see; None: all."""
        if EVERY_UNIT in who.units:
            return None
        return CaseRow.unit.in_(who.units) | self.of(who)

    def of(self, who: Principal) -> ColumnElement[bool]:
        """Cases that are one's own, or of a colleague one stands in for today."""
        return (CaseRow.owner == who.id) | self.covered_by(who)

    def covered_by(self, who: Principal) -> ColumnElement[bool]:
        """Cases of colleagues whom one stands in for today."""
        return CaseRow.owner.in_(self._covers.absent_of(who.id))
