"""The assistant as the connectors see it. The only module of ``assistant`` that other packages import."""

from __future__ import annotations

import aiohttp
from pydantic import ValidationError

from backend.contracts.replies import Reply
from backend.contracts.turns import Turn

READY_SECONDS = 2.0


class AssistantUnavailable(Exception):
    """It is warming up, away, or too slow. The same turn may be sent again: it is answered once."""


class AssistantClient:
    """Calls of the conversation API."""

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float = 20.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def turn(self, conversation: str, turn: Turn) -> Reply:
        """The reply to a turn. Raises AssistantUnavailable."""
        address = f"{self._base_url}/conversations/{conversation}/turns"
        try:
            async with self._connection().post(address, data=turn.model_dump_json()) as response:
                content = await response.read()
                if response.status != 200:
                    raise AssistantUnavailable(f"{response.status}")
                return Reply.model_validate_json(content)
        except (aiohttp.ClientError, TimeoutError, OSError, ValidationError) as error:
            raise AssistantUnavailable(str(error)) from error

    async def ready(self) -> bool:
        """Whether it can answer now."""
        try:
            async with self._connection().get(
                f"{self._base_url}/health", timeout=aiohttp.ClientTimeout(total=READY_SECONDS)
            ) as response:
                return bool((await response.json())["ready"])
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, KeyError):
            return False

    def _connection(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        return self._session
