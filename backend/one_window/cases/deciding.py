"""Who decides a case that was handed on (转办), and what everybody else is told.

Rule: until a case is handed on, every colleague of its unit may decide it; from then on those who work with whoever holds it
now, the holder's deputy, and the holder. The others still see it, note, deliver, and may hand it on again, also to themselves.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.cases import CaseState, CaseStep
from backend.one_window.cases.access import Standing
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.steps import OPEN, proposal, proposed_by
from backend.one_window.cases.wording import say, step_label
from backend.platform.identity import Principal
from backend.platform.staff_directory import EVERY_UNIT, StaffDirectory


async def held_elsewhere(
    session: AsyncSession,
    staff: StaffDirectory,
    row: CaseRow,
    steps: Sequence[CaseStepRow],
    standing: Standing,
    who: Principal,
) -> str | None:
    """Name of who holds a case that was handed on and is not for whoever asks to decide; None where it is theirs or anybody's."""
    if who.kind != "staff" or all(step.step != CaseStep.TRANSFER for step in steps):
        return None
    if who.id == row.owner or standing.deputy_for is not None or EVERY_UNIT in who.units:
        return None
    able = await staff.case_workers(session, row.unit)
    holder = next((one for one in able if one.id == row.owner), None)
    return None if holder is None or holder.units & who.units else holder.name


def under_review(row: CaseRow, steps: Sequence[CaseStepRow]) -> CaseStepRow | None:
    """The step that whoever decides has to read first: the decision proposed, or that it was sent back; None where neither is."""
    last = next((step for step in reversed(steps) if step.step != CaseStep.TRANSFER), None)
    if last is None:
        return None
    if row.state == CaseState.AWAITING_REVIEW:
        return proposal(steps)
    return last if row.state == CaseState.ACCEPTED and last.step == CaseStep.SEND_BACK else None


def review_words(step: CaseStepRow | None, by: str, note: str) -> str:
    """「木丽华（窗口经办）：拟办结，送复核——核定14个月」; empty without one."""
    return "" if step is None else say("waits_for", "review", by=by, step=step_label(CaseStep(step.step)), note=note)


def waits_for(row: CaseRow, steps: Sequence[CaseStepRow], holder: str | None, who: Principal) -> str:
    """Why whoever asks cannot decide an open case now, and what they can do; empty where they can."""
    state = CaseState(row.state)
    if holder is not None and state in OPEN:
        return say("waits_for", "handed_on", owner=holder)
    return say("waits_for", "second_person") if proposed_by(state, steps) == who.id else ""
