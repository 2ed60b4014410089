"""Which voice model is active."""

from __future__ import annotations

from backend.client.transport import ClientPart
from backend.contracts.voice import VoiceState


class VoiceClient(ClientPart):
    """Which voice model is active."""

    async def tell(self, state: VoiceState) -> None:
        """Which voice model is active, for staff's pages."""
        await self.post("/voice", state, VoiceState)
