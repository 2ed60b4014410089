"""What a case still waits for from its applicant: a supplement (补正), or what lacked when it was accepted (容缺受理)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

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


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """What the running supplement asks for, and since when: what was received before that does not answer it."""

    lines: tuple[SupplementLine, ...] = ()
    at: datetime | None = None

    @property
    def materials(self) -> frozenset[str]:
        """The materials of the checklist among them."""
        return frozenset(line.material for line in self.lines if line.material is not None)

    def answers(self, mark: CaseMark) -> bool:
        """Whether a mark still stands: not that of a receipt before the same material was asked for."""
        return self.at is None or mark.material not in self.materials or mark.mark != Mark.RECEIVED or mark.at > self.at


def asked_again(row: CaseRow, steps: Sequence[CaseStepRow]) -> AskedAgain:
    """The supplement that the case waits for; nothing where it waits for none."""
    if row.state != CaseState.AWAITING_SUPPLEMENT:
        return AskedAgain()
    asked = next((step for step in reversed(steps) if step.step == CaseStep.REQUEST_SUPPLEMENT), None)
    if asked is None:
        return AskedAgain()
    return AskedAgain(tuple(SupplementLine.model_validate(line) for line in asked.lines), asked.at)


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
