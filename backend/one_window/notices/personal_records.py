"""One-time notices of a conversation: they hold no personal data once nobody's conversation stands in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.notices.models import IssuedNotice
from backend.one_window.notices.service import NoticesService
from backend.platform.personal_records import PersonalRecords


class NoticeRecords(PersonalRecords):
    """Notices are kept as issued, without whose they were."""

    erases = (IssuedNotice,)

    def __init__(self, notices: NoticesService) -> None:
        self._notices = notices

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:
        """Numbers of the notices issued in the conversation."""
        return {"notices": await self._notices.numbers(session, conversation)}

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Part the notices from the conversation."""
        await self._notices.unlink(session, conversation)
        return Counter()
