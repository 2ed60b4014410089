"""How long data are kept."""

from __future__ import annotations

from backend.client.transport import ClientPart
from backend.contracts.privacy import RetentionTable


class PrivacyClient(ClientPart):
    """How long data are kept."""

    async def retention(self) -> RetentionTable:
        """Return how long each kind of data is stored."""
        return await self.get("/retention", RetentionTable)
