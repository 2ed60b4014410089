"""Assistance requests of a conversation: handed out and deleted with it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.assistance.models import AssistanceRow
from backend.one_window.assistance.service import AssistanceService
from backend.platform.personal_records import PersonalRecords


class AssistanceRecords(PersonalRecords):
    """Requests go with the conversation in which they were made."""

    erases = (AssistanceRow,)

    def __init__(self, assistance: AssistanceService) -> None:
        self._assistance = assistance

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:
        """When a person was asked for, and what came of it."""
        found = await self._assistance.of_conversation(session, conversation)
        return {
            "assistance": [{"at": row.requested_at.isoformat(), "said": row.said, "note": row.note} for row in found]
        }

    async def said(self, session: AsyncSession, conversation: str) -> list[str]:
        """Return with what words a person was asked for."""
        return [row.said for row in await self._assistance.of_conversation(session, conversation)]

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete them."""
        return Counter(assistance=await self._assistance.erase(session, conversation))
