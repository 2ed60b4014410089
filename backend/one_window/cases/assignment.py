"""Who becomes responsible for a new case: spread fairly over the clerks who are at their place, not over the lead."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.steps import OPEN
from backend.platform.staff_directory import CaseWorker

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody has on their desk."""

    open_cases: int = 0
    last_given: datetime = _NEVER


async def loads_of(session: AsyncSession, ids: Collection[str]) -> dict[str, Load]:
    """Loads by id; who has nothing is left out."""
    found = await session.execute(
        select(CaseRow.owner, func.count(), func.max(CaseRow.submitted_at))
        .where(CaseRow.owner.in_(ids), CaseRow.state.in_(OPEN))
        .group_by(CaseRow.owner)
    )
    return {owner: Load(count, last or _NEVER) for owner, count, last in found.tuples() if owner is not None}


def next_owner(
    unit: str, workers: Sequence[CaseWorker], away: Collection[str], loads: Mapping[str, Load]
) -> str | None:
    """The unit's clerks before the comprehensive window's before leads; of each those who are here; of these the least loaded.

    Equal loads take turns: whoever got their last case longest ago. None where nobody can have it.
    """
    able = [worker for worker in workers if worker.id not in away]
    clerks = [worker for worker in able if not worker.lead]
    own = [worker for worker in clerks if unit in worker.units]
    pool = own or clerks or able
    pool = [worker for worker in pool if worker.here] or pool

    def load(worker: CaseWorker) -> tuple[int, datetime]:
        found = loads.get(worker.id, Load())
        return found.open_cases, found.last_given

    return min(pool, key=load).id if pool else None
