"""What was done to cases, step by step, as it is kept."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.cases.models import CaseStepRow


async def steps_of(session: AsyncSession, case_id: str) -> list[CaseStepRow]:
    """What was done, oldest first."""
    return list(
        await session.scalars(select(CaseStepRow).where(CaseStepRow.case_id == case_id).order_by(CaseStepRow.id))
    )


async def steps_of_all(session: AsyncSession, case_ids: Sequence[str]) -> dict[str, list[CaseStepRow]]:
    """What was done to each of the cases, oldest first; one statement."""
    found: dict[str, list[CaseStepRow]] = {case_id: [] for case_id in case_ids}
    if found:
        rows = select(CaseStepRow).where(CaseStepRow.case_id.in_(found)).order_by(CaseStepRow.id)
        for step in await session.scalars(rows):
            found[step.case_id].append(step)
    return found
