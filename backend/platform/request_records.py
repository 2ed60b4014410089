"""Answers stored for repeated requests (idempotency keys) of a conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform import idempotency
from backend.platform.personal_records import PersonalRecords


class RequestRecords(PersonalRecords):
    """Copies of what the other features hand out."""

    erases = (idempotency.IdempotencyKey,)

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:  # noqa: ARG002
        """Return nothing: the originals are handed out."""
        return {}

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete the stored answers."""
        return Counter(requests=await idempotency.erase(session, conversation))
