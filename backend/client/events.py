"""What happened, and what happens."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import aiohttp

from backend.client.transport import BackendUnavailable, ClientPart
from backend.contracts.events import Event, EventList


class EventsClient(ClientPart):
    """What happened, and what happens."""

    async def after(self, after: int, limit: int = 500) -> EventList:
        """Events after an id, oldest first."""
        return await self.get("/events", EventList, params={"after": str(after), "limit": str(limit)})

    async def stream(self, after: int | None, kinds: Sequence[str] = ()) -> AsyncIterator[Event]:
        """Events after an id (None: only new ones) as they happen, of these kinds or of all.

        Raises BackendUnavailable or ends when the connection is lost: call again with the last id.
        """
        params = {} if after is None else {"after": str(after)}
        if kinds:
            params["kinds"] = ",".join(kinds)
        try:
            async with self.client.connection().ws_connect(
                self.client.address("/events/stream"), params=params, heartbeat=20
            ) as socket:
                async for frame in socket:
                    if frame.type is aiohttp.WSMsgType.TEXT:
                        yield Event.model_validate_json(frame.data)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BackendUnavailable(str(error)) from error
