"""Who has how much to do, per person and unit, and what is late: counted in the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from aiohttp import web
from sqlalchemy import ColumnElement, Select, and_, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.workload import OverdueCase, RepeatedSupplement, Workload, WorkloadCount
from backend.language.serial_numbers import group
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.repeated_supplements import (
    Asked,
    counted,
    newest,
    repeated,
    told_before,
    without_numbers,
)
from backend.one_window.cases.steps import FINISHED, OPEN
from backend.one_window.catalogue.service import CatalogueService
from backend.platform.clock import SHANGHAI, Clock, local_date
from backend.platform.identity import Principal
from backend.platform.permissions import Role
from backend.platform.staff_directory import EVERY_UNIT, StaffDirectory

MAX_LISTED = 200
NO_OWNER = "还没有负责人"
_ALL_UNITS = frozenset({Role.HALL_MANAGER, Role.DUTY_LEADER})
Counts = tuple[int, int, int, int]
NONE: Counts = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Counted:
    """Which cases count as what, on a day."""

    is_open: ColumnElement[bool]
    is_due_today: ColumnElement[bool]
    is_overdue: ColumnElement[bool]
    is_finished: ColumnElement[bool]

    @classmethod
    def on(cls, today: date) -> Counted:
        """The conditions; a week begins on Monday."""
        opened = CaseRow.state.in_(OPEN)
        monday = datetime.combine(today - timedelta(days=today.weekday()), time(), SHANGHAI)
        return cls(
            is_open=opened,
            is_due_today=and_(opened, CaseRow.due_on == today),
            is_overdue=and_(opened, CaseRow.due_on < today),
            is_finished=and_(CaseRow.state.in_(FINISHED), CaseRow.finished_at >= monday),
        )

    def columns(self) -> list[ColumnElement[int]]:
        """Their numbers, in the order of ``Counts``."""
        wanted = (self.is_open, self.is_due_today, self.is_overdue, self.is_finished)
        return [func.coalesce(func.sum(case((condition, 1), else_=0)), 0) for condition in wanted]


class WorkloadService:
    """Reads only; what leads and managers look at."""

    def __init__(self, catalogue: CatalogueService, staff: StaffDirectory, clock: Clock) -> None:
        self._catalogue = catalogue
        self._staff = staff
        self._clock = clock

    async def read(self, session: AsyncSession, who: Principal) -> Workload:
        """Of all units for the hall's leaders, else of one's own."""
        now = self._clock.now()
        today = local_date(now)
        conditions, mine = Counted.on(today), _overseen(who)
        columns = conditions.columns()
        owners = await self._counts(session, select(CaseRow.owner, *columns).group_by(CaseRow.owner), mine)
        units = await self._counts(session, select(CaseRow.unit, *columns).group_by(CaseRow.unit), mine)
        late = await self._late(session, conditions, mine)
        asked_again = repeated(now, mine)
        by_person, by_unit = await counted(session, asked_again)
        again = await newest(session, asked_again, MAX_LISTED)
        people = {*owners, *by_person, *(row.owner for row in late), *(step.by_id for step, _ in again)}
        names = await self._staff.names(session, {person for person in people if person})
        unit_names = {unit.code: unit.name for unit in self._catalogue.units}
        return Workload(
            total=_load("", "", _sum(units.values()), by_unit.total()),
            staff=_loads(owners, by_person, names, NO_OWNER),
            units=_loads(units, by_unit, unit_names, ""),
            overdue=tuple(await self._overdue(session, late, names, unit_names, today)),
            asked_again=tuple(await self._again(session, again, names, unit_names)),
        )

    @staticmethod
    async def _counts(
        session: AsyncSession, counting: Select[tuple[str | None, int, int, int, int]], mine: list[ColumnElement[bool]]
    ) -> dict[str, Counts]:
        rows = await session.execute(counting.where(CaseRow.number.is_not(None), *mine))
        found: dict[str, Counts] = {}
        for of, *numbers in rows.tuples():
            opened, due, overdue, finished = (int(number) for number in numbers)
            if opened or finished:
                found[of or ""] = (opened, due, overdue, finished)
        return found

    @staticmethod
    async def _late(session: AsyncSession, conditions: Counted, mine: list[ColumnElement[bool]]) -> list[CaseRow]:
        chosen = select(CaseRow).where(conditions.is_overdue, *mine).order_by(CaseRow.due_on, CaseRow.id)
        return list(await session.scalars(chosen.limit(MAX_LISTED)))

    async def _overdue(
        self,
        session: AsyncSession,
        rows: list[CaseRow],
        names: Mapping[str, str],
        unit_names: Mapping[str, str],
        today: date,
    ) -> list[OverdueCase]:
        items = await self._catalogue.items_at(session, {(row.item, row.item_version) for row in rows})
        return [
            OverdueCase(
                number=group(row.number or ""),
                item_name=items[row.item, row.item_version].name,
                unit_name=unit_names.get(row.unit, row.unit),
                owner=names.get(row.owner or "", NO_OWNER),
                due_on=row.due_on,
                days=(today - row.due_on).days,
            )
            for row in rows
            if row.due_on is not None
        ]

    async def _again(
        self, session: AsyncSession, asked: Sequence[Asked], names: Mapping[str, str], unit_names: Mapping[str, str]
    ) -> list[RepeatedSupplement]:
        items = await self._catalogue.items_at(session, {(row.item, row.item_version) for _, row in asked})
        before = await told_before(session, asked)
        return [
            RepeatedSupplement(
                number=group(row.number or ""),
                item_name=items[row.item, row.item_version].name,
                unit_name=unit_names.get(row.unit, row.unit),
                by=names.get(step.by_id, ""),
                at=step.at,
                materials=tuple(without_numbers(line["name"]) for line in step.lines),
                told_before=before[step.id],
                why=without_numbers(step.why_again),
            )
            for step, row in asked
        ]


WORKLOAD = web.AppKey("workload", WorkloadService)


def _overseen(who: Principal) -> list[ColumnElement[bool]]:
    """Conditions on the cases somebody oversees; none for all of them."""
    if _ALL_UNITS & who.roles or EVERY_UNIT in who.units:
        return []
    return [CaseRow.unit.in_(who.units)]


def _loads(
    counts: Mapping[str, Counts], again: Mapping[str, int], names: Mapping[str, str], nobody: str
) -> tuple[WorkloadCount, ...]:
    """The most loaded first: overdue, then open."""
    everybody = {of: counts.get(of, NONE) for of in (*counts, *again)}
    ordered = sorted(everybody.items(), key=lambda one: (-one[1][2], -one[1][0], one[0]))
    return tuple(_load(of, names.get(of, of) if of else nobody, numbers, again.get(of, 0)) for of, numbers in ordered)


def _load(of: str, name: str, numbers: Counts, again: int) -> WorkloadCount:
    opened, due, overdue, finished = numbers
    return WorkloadCount(
        id=of,
        name=name,
        open=opened,
        due_today=due,
        overdue=overdue,
        finished_this_week=finished,
        asked_again=again,
    )


def _sum(counts: Iterable[Counts]) -> Counts:
    opened, due, overdue, finished = (sum(column) for column in zip(NONE, *counts, strict=True))
    return opened, due, overdue, finished
