"""What a case still waits for from its applicant: a supplement (补正), or what lacked when it was accepted (容缺受理)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import Mark
from backend.contracts.cases import CaseState, CaseStep, SupplementLine
from backend.one_window.cases.models import CaseMark, CaseRow, CaseStepRow

MAY_LACK = frozenset({CaseState.ACCEPTED, CaseState.AWAITING_REVIEW})
"""States in which something may still have to come although the case is being handled."""
_ABOUT_MATERIALS = frozenset({CaseStep.ACCEPT, CaseStep.REQUEST_SUPPLEMENT, CaseStep.RECEIVE_SUPPLEMENT})


@dataclass(frozen=True, slots=True)
class AwaitedMaterials:
    """The materials, and the last day for them."""

    lines: tuple[SupplementLine, ...] = ()
    until: date | None = None


async def awaited_of(session: AsyncSession, row: CaseRow, steps: Sequence[CaseStepRow]) -> AwaitedMaterials:
    """What the case waits for now; of what lacked at acceptance, only what has not been received since."""
    state = CaseState(row.state)
    last = next((step for step in reversed(steps) if step.step in _ABOUT_MATERIALS), None)
    if last is None:
        return AwaitedMaterials()
    lines = tuple(SupplementLine.model_validate(line) for line in last.lines)
    if state is CaseState.AWAITING_SUPPLEMENT:
        return AwaitedMaterials(lines, row.supplement_until)
    if state not in MAY_LACK or last.step != CaseStep.ACCEPT or not lines:
        return AwaitedMaterials()
    received = set(
        await session.scalars(
            select(CaseMark.material).where(CaseMark.case_id == row.id, CaseMark.mark == Mark.RECEIVED)
        )
    )
    lacking = tuple(line for line in lines if line.material not in received)
    return AwaitedMaterials(lacking, last.until) if lacking else AwaitedMaterials()
