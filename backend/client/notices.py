"""One-time notices."""

from __future__ import annotations

from backend.client.transport import ClientPart
from backend.contracts.notices import Notice, NoticePreview, NoticeRequest


class NoticesClient(ClientPart):
    """One-time notices."""

    async def preview(self, request: NoticeRequest) -> NoticePreview:
        """The list as it stands and the questions still worth asking."""
        return await self.post("/notices/preview", request, NoticePreview)

    async def issue(self, request: NoticeRequest, *, conversation: str, key: str) -> Notice:
        """Issue a numbered notice."""
        return await self.post("/notices", request, Notice, conversation=conversation, key=key)

    async def notice(self, number: str) -> Notice:
        """A notice by its number."""
        return await self.get(f"/notices/{number}", Notice)
