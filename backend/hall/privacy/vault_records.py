"""The vault's entries of a conversation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.personal_records import PersonalRecords
from backend.platform.vault.models import VaultEntry


class VaultRecords(PersonalRecords):
    """Identifiers are handed out in plain by ``Persons`` and deleted by ``Erasure`` once all features said which they need."""

    erases = (VaultEntry,)

    async def export(self, session: AsyncSession, conversation: str) -> Mapping[str, Any]:  # noqa: ARG002
        """Return nothing: ``Persons`` opens them."""
        return {}

    async def erase(self, session: AsyncSession, conversation: str) -> Counter[str]:  # noqa: ARG002
        """Delete nothing yet: ``Erasure`` does it last."""
        return Counter()
