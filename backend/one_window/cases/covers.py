"""Cover for leave: a deputy sees and handles the cases of an absent colleague, and everything done so is recorded as theirs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import uuid4

from aiohttp import web
from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import Colleague, CoverList, CoverView, NewCover
from backend.one_window.cases.events import COVER_ARRANGED, COVER_ENDED, Covered
from backend.one_window.cases.models import CaseCover
from backend.one_window.cases.rules import rules
from backend.one_window.cases.wording import day_text, say
from backend.platform.clock import Clock, local_date
from backend.platform.errors import ConflictError, InvalidError, NotAllowedError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.permissions import Role
from backend.platform.staff_directory import CaseWorker, StaffDirectory, handles_unit


class Covers:
    """Who stands in for whom. One absence has one deputy."""

    def __init__(self, staff: StaffDirectory, clock: Clock, events: Events) -> None:
        self._staff = staff
        self._clock = clock
        self._events = events

    def absent_of(self, deputy: str) -> Select[tuple[str]]:
        """Finds whom somebody stands in for today."""
        return self._today(select(CaseCover.staff)).where(CaseCover.deputy == deputy)

    async def runs(self, session: AsyncSession, staff: str, deputy: str) -> bool:
        """Whether somebody stands in for a colleague today."""
        found = self._today(select(CaseCover.id)).where(CaseCover.staff == staff, CaseCover.deputy == deputy).limit(1)
        return await session.scalar(found) is not None

    async def deputy_of(self, session: AsyncSession, staff: str | None) -> str | None:
        """Who stands in for somebody today."""
        if staff is None:
            return None
        found: str | None = await session.scalar(
            self._today(select(CaseCover.deputy)).where(CaseCover.staff == staff).limit(1)
        )
        return found

    async def away(self, session: AsyncSession) -> frozenset[str]:
        """Who is absent today."""
        return frozenset(await session.scalars(self._today(select(CaseCover.staff))))

    async def listed(self, session: AsyncSession, who: Principal) -> CoverList:
        """Covers of one's own and of those one leads, running or to come; and who can be chosen."""
        workers = await self._staff.case_workers(session)
        names = {worker.id: worker.name for worker in workers}
        rows = await session.scalars(
            select(CaseCover)
            .where(CaseCover.ends_on >= self._now_on())
            .order_by(CaseCover.starts_on, CaseCover.arranged_at, CaseCover.id)
        )
        mine = [worker for worker in workers if self._may_arrange(who, worker)]
        concerned = {worker.id for worker in mine}
        own = next((worker for worker in workers if worker.id == who.id), None)
        deputies = (
            workers
            if arranges_for_others(who)
            else []
            if own is None
            else [worker for worker in workers if worker.id != own.id and _works_for(worker, own)]
        )
        return CoverList(
            covers=tuple(
                _view(row, names, mine=row.staff in concerned)
                for row in rows
                if row.staff in concerned or row.deputy == who.id
            ),
            colleagues=tuple(Colleague(id=worker.id, name=worker.name) for worker in deputies),
            nobody="" if deputies and not arranges_for_others(who) else _who_arranges(who, own, workers),
            absent=tuple(Colleague(id=worker.id, name=worker.name) for worker in mine),
        )

    async def arrange(self, session: AsyncSession, new: NewCover, who: Principal) -> CoverView:
        """Arrange a cover, for oneself or for somebody one leads; only a lead chooses a deputy of another unit.

        Raises InvalidError (``staff``, ``deputy``, ``ends_on``), NotAllowedError, ConflictError (``starts_on``).
        """
        workers = {worker.id: worker for worker in await self._staff.case_workers(session)}
        absent, deputy = workers.get(new.staff or who.id), workers.get(new.deputy)
        if absent is None:
            raise InvalidError("cover.staff_unknown", field="staff")
        if deputy is None:
            raise InvalidError("cover.deputy_unknown", field="deputy")
        if deputy.id == absent.id:
            raise InvalidError("cover.self", field="deputy")
        if not self._may_arrange(who, absent):
            raise NotAllowedError("cover.not_yours")
        if not (_leads(who, absent) or _works_for(deputy, absent)):
            raise InvalidError("cover.other_unit", field="deputy", who=absent.name)
        if new.ends_on < new.starts_on:
            days = {"first": day_text(new.starts_on), "last": day_text(new.ends_on)}
            raise InvalidError("cover.order", field="ends_on", **days)
        if new.ends_on < self._now_on():
            raise InvalidError("cover.past", field="ends_on")
        longest = rules().cover_longest_days
        if (new.ends_on - new.starts_on).days >= longest:
            raise InvalidError("cover.too_long", field="ends_on", days=longest)
        if await self._overlaps(session, absent.id, new):
            raise ConflictError("cover.overlaps", field="starts_on", who=absent.name)
        row = CaseCover(
            id=uuid4().hex,
            staff=absent.id,
            deputy=deputy.id,
            starts_on=new.starts_on,
            ends_on=new.ends_on,
            arranged_by=who.id,
            arranged_at=self._clock.now(),
        )
        session.add(row)
        await session.flush()
        self._events.publish(session, COVER_ARRANGED, f"cover:{row.id}", who, _told(row))
        return _view(row, {one.id: one.name for one in (absent, deputy)}, mine=True)

    async def end(self, session: AsyncSession, cover_id: str, who: Principal) -> CoverList:
        """End a cover, whether it runs or is to come; returns what is left. Raises NotFoundError."""
        row = await session.get(CaseCover, cover_id)
        worker = None if row is None else await self._worker(session, row.staff)
        if row is None or worker is None or not self._may_arrange(who, worker):
            raise NotFoundError("cover.unknown")
        self._events.publish(session, COVER_ENDED, f"cover:{row.id}", who, _told(row))
        await session.delete(row)
        await session.flush()
        return await self.listed(session, who)

    async def _worker(self, session: AsyncSession, staff_id: str) -> CaseWorker | None:
        workers = await self._staff.case_workers(session)
        return next((worker for worker in workers if worker.id == staff_id), None)

    async def _overlaps(self, session: AsyncSession, staff_id: str, new: NewCover) -> bool:
        found = await session.scalar(
            select(func.count()).where(
                CaseCover.staff == staff_id, CaseCover.starts_on <= new.ends_on, CaseCover.ends_on >= new.starts_on
            )
        )
        return bool(found)

    def _may_arrange(self, who: Principal, absent: CaseWorker) -> bool:
        """For oneself; a lead also for those of their units."""
        return absent.id == who.id or _leads(who, absent)

    def _now_on(self) -> date:
        return local_date(self._clock.now())

    def _today(self, found: Select[tuple[str]]) -> Select[tuple[str]]:
        return found.where(CaseCover.starts_on <= self._now_on(), CaseCover.ends_on >= self._now_on())


COVERS = web.AppKey("covers", Covers)


def arranges_for_others(who: Principal) -> bool:
    """Whether somebody arranges cover for others, across units: a lead for those of their units, the manager for everybody."""
    return bool(who.roles & {Role.UNIT_LEAD, Role.HALL_MANAGER})


def _leads(who: Principal, absent: CaseWorker) -> bool:
    if Role.HALL_MANAGER in who.roles:
        return True
    return Role.UNIT_LEAD in who.roles and _answers_for(who.units, absent)


def _answers_for(units: frozenset[str], absent: CaseWorker) -> bool:
    return any(handles_unit(units, unit) for unit in absent.units)


def _who_arranges(who: Principal, own: CaseWorker | None, workers: Sequence[CaseWorker]) -> str:
    """What to do where nobody can be chosen: accounts lack, or a lead or the manager has to ask another unit."""
    if own is None or arranges_for_others(who):
        return say("covers", "no_accounts")
    leads = [worker.name for worker in workers if worker.lead and _answers_for(worker.units, own)]
    return say("covers", "lead", who="、".join(leads)) if leads else say("covers", "manager")


def _works_for(deputy: CaseWorker, absent: CaseWorker) -> bool:
    """Whether the deputy sees all the absent one's cases anyway: cover opens no other unit's."""
    return all(handles_unit(deputy.units, unit) for unit in absent.units)


def _told(row: CaseCover) -> Covered:
    return Covered(staff=row.staff, deputy=row.deputy, starts_on=row.starts_on, ends_on=row.ends_on)


def _view(row: CaseCover, names: dict[str, str], *, mine: bool) -> CoverView:
    return CoverView(
        id=row.id,
        staff=names.get(row.staff, ""),
        deputy=names.get(row.deputy, ""),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        mine=mine,
    )
