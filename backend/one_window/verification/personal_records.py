"""Codes sent to the phones of a conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.one_window.verification.models import PhoneCode
from backend.one_window.verification.service import VerificationService
from backend.platform.personal_records import PersonalRecords


class VerificationRecords(PersonalRecords):
    """Only keyed fingerprints of phones are kept: there is nothing to hand out."""

    erases = (PhoneCode,)

    def __init__(self, verification: VerificationService) -> None:
        self._verification = verification

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:  # noqa: ARG002
        """Return nothing: a fingerprint tells nobody anything."""
        return {}

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:
        """Delete the codes."""
        await self._verification.erase(session, conversation)
        return Counter()
