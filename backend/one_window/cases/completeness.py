"""What a case still lacks when it is accepted (容缺受理) or supplemented (补正), and by when it has to be brought.

《行政许可法》第三十二条: whatever has to be supplemented is told at once, on the spot or within five days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import ChecklistLine
from backend.contracts.cases import CaseStep, StepRequest, SupplementLine
from backend.contracts.catalogue_content import Item
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.rules import rules
from backend.one_window.cases.same_material import same_material
from backend.platform.errors import InvalidError


def check_until(until: date | None, today: date) -> None:
    """A day the applicant has to keep: told, to come, and no further off than counter.yaml allows. Raises InvalidError."""
    if until is None:
        raise InvalidError("case.until_required", field="until")
    if until <= today:
        raise InvalidError("case.until_past", field="until")
    longest = rules().supplement_longest_days
    if until > today + timedelta(days=longest):
        raise InvalidError("case.until_too_far", field="until", days=longest)


class Completeness:
    """Holds the steps of a case against its checklist."""

    def __init__(self, checklist: Checklist) -> None:
        self._checklist = checklist

    async def at_acceptance(
        self, session: AsyncSession, row: CaseRow, item: Item, request: StepRequest, today: date
    ) -> StepRequest:
        """The request with what lacks recorded in it. Raises InvalidError where something lacks and no reason or day is told."""
        lacking = [line for line in await self._checklist.lines(session, row, item) if line.lacking]
        if not lacking:
            return request.model_copy(update={"lines": (), "until": None})
        if not request.note.strip():
            names = "、".join(line.name for line in lacking)
            raise InvalidError("case.lacking_at_acceptance", field="note", names=names)
        check_until(request.until, today)
        return request.model_copy(update={"lines": tuple(map(_line, lacking))})

    async def at_supplement(
        self,
        session: AsyncSession,
        row: CaseRow,
        item: Item,
        request: StepRequest,
        steps: Sequence[CaseStepRow],
        today: date,
    ) -> StepRequest:
        """The request with each line's material recorded in it; a reason only where it is not the first.

        Raises InvalidError where something that lacks is left out, the day cannot be, or an earlier request gives no reason.
        """
        check_until(request.until, today)
        listed = await self._checklist.lines(session, row, item)
        lines = tuple(_recognised(line, listed) for line in request.lines)
        asked = {line.material for line in lines if line.material is not None}
        if asked - {line.material for line in listed}:
            raise InvalidError("case.line_unknown", field="lines")
        left_out = [line.name for line in listed if line.lacking and line.material not in asked]
        if left_out:
            raise InvalidError("case.lacking_left_out", field="lines", names="、".join(left_out))
        again = asked_before(steps)
        if again and not request.why_again:
            raise InvalidError("case.why_again_required", field="why_again")
        return request.model_copy(update={"lines": lines, "why_again": request.why_again if again else ""})


def asked_before(steps: Sequence[CaseStepRow]) -> bool:
    """Whether a supplement was asked for already: once more takes a reason."""
    return any(step.step == CaseStep.REQUEST_SUPPLEMENT for step in steps)


def _recognised(line: SupplementLine, listed: Sequence[ChecklistLine]) -> SupplementLine:
    """A line written by hand counts as the listed material that it names."""
    return line if line.material is not None else line.model_copy(update={"material": same_material(line.name, listed)})


def _line(lacking: ChecklistLine) -> SupplementLine:
    why = lacking.because or lacking.source
    return SupplementLine(name=lacking.name, why=why, how=lacking.how, material=lacking.material)
