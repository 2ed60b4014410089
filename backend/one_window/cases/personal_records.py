"""What of cases is handed out and erased. A submitted case is a record of the administration and is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.cases.models import CaseMark, CaseNote, CaseRow, CaseStatement, CaseStepRow
from backend.one_window.cases.service import CasesService
from backend.platform.personal_records import PersonalRecords


class CaseRecords(PersonalRecords):
    """Drafts go, submitted cases stay with the identifiers they need."""

    erases = (CaseRow, CaseStepRow, CaseMark, CaseNote, CaseStatement)

    def __init__(self, cases: CasesService) -> None:
        self._cases = cases

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:
        """All cases of the conversation, drafts too."""
        return {"cases": await self._cases.export(session, conversation)}

    async def said(self, session: AsyncSession, conversation: str) -> list[str]:
        """Return the answers of forms, and what applicants wrote with their steps and statements."""
        return await self._cases.said_by_applicant(session, conversation)

    async def applicants(self, session: AsyncSession, conversation: str) -> list[frozenset[str]]:
        """Return the numbers that each application gives as the applicant's own."""
        return await self._cases.applicants(session, conversation)

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete what was never submitted."""
        return Counter(drafts=await self._cases.erase_drafts(session, conversation))

    async def needed_identifiers(self, session: AsyncSession, conversation: str) -> set[str]:
        """Return the identifiers that submitted cases need."""
        return await self._cases.placeholders(session, conversation)

    async def kept_numbers(self, session: AsyncSession, conversation: str) -> list[str]:
        """Return the numbers of submitted cases."""
        return await self._cases.numbers(session, conversation)

    async def busy(self, session: AsyncSession, conversations: Sequence[str]) -> set[str]:
        """Return the conversations in which a case is being handled."""
        return await self._cases.with_open_cases(session, conversations)
