"""Codes to the citizen's phone."""

from __future__ import annotations

from backend.client.transport import ClientPart
from backend.contracts.verification import CheckCode, CodeSent, SendCode, VerificationWays, Verified


class VerificationClient(ClientPart):
    """Codes to the citizen's phone."""

    async def can_send_codes(self, conversation: str) -> bool:
        """Whether there is a provider of short messages; without one nobody is asked for their phone."""
        address = f"/conversations/{conversation}/verification"
        return (await self.get(address, VerificationWays, conversation=conversation)).phone

    async def send_code(self, request: SendCode, *, conversation: str, key: str) -> CodeSent:
        """Send a code to the citizen's phone; ``sent`` says whether one was really sent."""
        address = f"/conversations/{conversation}/verification"
        return await self.post(address, request, CodeSent, conversation=conversation, key=key)

    async def check_code(self, request: CheckCode, *, conversation: str) -> Verified:
        """Check the code; BackendProblem (422) says how many tries are left."""
        address = f"/conversations/{conversation}/verification/check"
        return await self.post(address, request, Verified, conversation=conversation)
