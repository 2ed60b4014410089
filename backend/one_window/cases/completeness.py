"""What a case still lacks when it is accepted, and by when it has to be brought (容缺受理)."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.case_work import ChecklistLine
from backend.contracts.cases import StepRequest, SupplementLine
from backend.contracts.catalogue_content import Item
from backend.one_window.cases.checklist import Checklist
from backend.one_window.cases.models import CaseRow
from backend.one_window.cases.rules import rules
from backend.platform.errors import InvalidError


def check_until(until: date | None, today: date) -> None:
    """A day the applicant has to keep: told, to come, and no further off than counter.yaml allows. Raises InvalidError."""
    if until is None:
        raise InvalidError("case.until_required", field="until")
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


def _line(lacking: ChecklistLine) -> SupplementLine:
    why = lacking.because or lacking.source
    return SupplementLine(name=lacking.name, why=why, how=lacking.how, material=lacking.material)
