"""Urging (催办): the owner of a case is told that its applicant waits, at most once a working day."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import WITH_US
from backend.contracts.event_kinds import OfUnit
from backend.contracts.feedback import Urged
from backend.one_window.cases.access import CaseAccess
from backend.one_window.cases.service import CasesService
from backend.one_window.feedback.events import CASE_URGED
from backend.one_window.feedback.models import UrgingRow
from backend.one_window.feedback.rules import words
from backend.platform.clock import Clock, local_date
from backend.platform.errors import ConflictError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.staff_directory import StaffDirectory


class Urging:
    """Notes on a case that its applicant waits."""

    def __init__(
        self, cases: CasesService, access: CaseAccess, staff: StaffDirectory, clock: Clock, events: Events
    ) -> None:
        self._cases = cases
        self._access = access
        self._staff = staff
        self._clock = clock
        self._events = events

    async def urge(self, session: AsyncSession, case_id: str, who: Principal) -> Urged:
        """Tell the owner; a second time on one day changes nothing. Raises NotFoundError, ConflictError."""
        row = await self._access.row(session, case_id, who, hold=True)
        if row.state not in WITH_US:
            raise ConflictError("case.not_to_urge")
        today = local_date(self._clock.now())
        counted = await session.get(UrgingRow, (row.id, today)) is None
        if counted:
            session.add(UrgingRow(case_id=row.id, day=today, conversation=row.conversation))
            await session.flush()
        times = int(
            await session.scalar(select(func.count()).select_from(UrgingRow).where(UrgingRow.case_id == row.id)) or 0
        )
        if counted:
            note = words().urged.format(times=times)
            self._cases.add_note(session, row.id, note)
            self._events.publish(session, CASE_URGED, f"case:{row.id}", who, OfUnit(unit=row.unit, owner=row.owner))
        names = await self._staff.names(session, {row.owner} if row.owner else set())
        return Urged(times=times, counted=counted, owner=names.get(row.owner or "", ""))


URGING = web.AppKey("urging", Urging)
