"""How other processes reach the backend: one connection with a service token, parts by feature on it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

import aiohttp
from pydantic import BaseModel

from backend.contracts.wire import Wire

Shape = TypeVar("Shape", bound=BaseModel)
Part = TypeVar("Part", bound="ClientPart")

CONVERSATION_HEADER = "Daoban-Conversation"
"""A service acting for a citizen names the conversation here; the backend checks what that conversation may do."""


class Problem(Wire):
    """An RFC 9457 problem document. ``detail`` is a plain Chinese sentence with what to do next."""

    type: str
    title: str
    status: int
    detail: str
    field: str | None = None
    """The field of the body that is wrong, where there is one."""
    trace: str | None = None


class BackendProblem(Exception):
    """The backend refused; ``problem.detail`` can be shown to people as it is."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.status} {problem.type}: {problem.detail}")
        self.problem = problem


class BackendUnavailable(Exception):
    """The backend could not be reached or did not answer in time; the call may be repeated with its idempotency key."""


class BackendClient:
    """A connection to the backend's API with a service token; what can be called is in the parts of the features."""

    def __init__(self, base_url: str, token: str, *, timeout_seconds: float = 10.0) -> None:
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {token}"}
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds)
        self._session: aiohttp.ClientSession | None = None
        self._parts: dict[type[ClientPart], ClientPart] = {}

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def part(self, part: type[Part]) -> Part:
        """A feature's calls over this connection: ``client.part(CasesClient).start(…)``."""
        found = self._parts.get(part)
        if not isinstance(found, part):
            found = self._parts[part] = part(self)
        return found

    async def healthy(self) -> bool:
        """Whether the backend answers."""
        try:
            async with self.connection().get(f"{self._base_url}/health") as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    async def call(
        self,
        method: str,
        path: str,
        shape: type[Shape],
        *,
        body: BaseModel | None = None,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        conversation: str | None = None,
        key: str | None = None,
        none_on: int | None = None,
    ) -> Shape | None:
        """Call an address; None when it answers with the status ``none_on``.

        ``conversation``: on whose behalf; ``key``: idempotency key of a call that changes something.
        Raises BackendProblem, BackendUnavailable.
        """
        sent = dict(headers or {})
        if conversation is not None:
            sent[CONVERSATION_HEADER] = conversation
        if key is not None:
            sent["Idempotency-Key"] = key
        data = None
        if body is not None:
            data = body.model_dump_json(by_alias=True).encode()
            sent["Content-Type"] = "application/json"
        try:
            async with self.connection().request(
                method, self._base_url + path, params=params, headers=sent, data=data
            ) as response:
                if response.status == none_on:
                    return None
                content = await response.read()
                if response.status >= 400:
                    raise BackendProblem(Problem.model_validate_json(content))
                return shape.model_validate_json(content)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise BackendUnavailable(f"{method} {path}: {error}") from error

    def connection(self) -> aiohttp.ClientSession:
        """The HTTP connection, opened when first needed."""
        if self._session is None:
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._timeout)
        return self._session

    def address(self, path: str) -> str:
        """The whole address of a path."""
        return self._base_url + path


class ClientPart:
    """The calls of one feature. Every method raises BackendProblem or BackendUnavailable."""

    def __init__(self, client: BackendClient) -> None:
        self.client = client

    async def get(
        self, path: str, shape: type[Shape], *, params: Mapping[str, str] | None = None, conversation: str | None = None
    ) -> Shape:
        """The answer to a reading call."""
        return required(await self.client.call("GET", path, shape, params=params, conversation=conversation))

    async def post(
        self, path: str, body: BaseModel, shape: type[Shape], *, conversation: str | None = None, key: str | None = None
    ) -> Shape:
        """The answer to a changing call."""
        return required(await self.client.call("POST", path, shape, body=body, conversation=conversation, key=key))


def required(value: Shape | None) -> Shape:
    """The value. Raises BackendUnavailable where the backend answered with nothing."""
    if value is None:
        raise BackendUnavailable("empty answer")
    return value
