"""Operator commands are calls of the API with the operations token: to the running backend, else to one started for them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeVar

from aiohttp import ClientConnectionError, ClientError, ClientSession, ClientTimeout, web
from pydantic import BaseModel

from backend.app import LOCK_POLL_SECONDS, create_app
from backend.migrations import is_empty, migrate
from backend.platform.clock import Clock
from backend.platform.database import SecondBackendError, database_locked
from backend.platform.errors import StartRefusedError
from backend.platform.service_tokens import ensure_tokens
from backend.process.data_folder import prepare
from backend.settings import Settings

Shape = TypeVar("Shape", bound=BaseModel)
PATIENCE = ClientTimeout(total=600)
MAX_WAIT_SECONDS = 60.0
"""How long a command waits for a backend that starts, or for another command."""


class Operator:
    """The API as the operator's commands use it."""

    def __init__(self, session: ClientSession, base: str) -> None:
        self._session = session
        self._base = base

    async def get(self, path: str, shape: type[Shape]) -> Shape:
        """Read something. Raises StartRefusedError with the sentence of a refusal."""
        return await self._call("GET", path, None, shape)

    async def post(self, path: str, body: BaseModel, shape: type[Shape]) -> Shape:
        """Call an operation. Raises StartRefusedError with the sentence of a refusal."""
        return await self._call("POST", path, body, shape)

    async def patch(self, path: str, body: BaseModel, shape: type[Shape]) -> Shape:
        """Change a part; what the body leaves out stays. Raises StartRefusedError with the sentence of a refusal."""
        return await self._call("PATCH", path, body, shape)

    async def _call(self, method: str, path: str, body: BaseModel | None, shape: type[Shape]) -> Shape:
        headers = {"Content-Type": "application/json"}
        data = None if body is None else body.model_dump_json(exclude_none=method == "PATCH")
        async with self._session.request(method, self._base + path, data=data, headers=headers) as response:
            if response.status >= 400:
                raise StartRefusedError((await response.json(content_type=None))["detail"])
            return shape.model_validate_json(await response.read())


@asynccontextmanager
async def operator(settings: Settings, clock: Clock | None = None) -> AsyncIterator[Operator]:
    """The backend to ask; an empty data folder is made ready first. Raises StartRefusedError."""
    prepare(settings.data)
    if is_empty(settings.database_url):
        with database_locked(settings.database_url):
            migrate(settings.database_url)
    runner = await _started(settings, clock)
    if isinstance(runner, str):
        async with _connected(settings, runner) as running:
            yield running
        return
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with _connected(settings, f"http://127.0.0.1:{runner.addresses[0][1]}") as own:
            yield own
    finally:
        await runner.cleanup()


async def _started(settings: Settings, clock: Clock | None) -> web.AppRunner | str:
    """A backend of our own, or the address of the one that has the database. Raises SecondBackendError after a while.

    One that starts will answer soon, a command of somebody else's will end soon.
    """
    end = time.monotonic() + MAX_WAIT_SECONDS
    while True:
        runner = web.AppRunner(create_app(settings, clock), access_log=None)
        try:
            await runner.setup()
        except SecondBackendError as held:
            address = "" if held.holder is None else held.holder.address
            if address and await _answers(address):
                return address
            if time.monotonic() > end:
                raise
            await asyncio.sleep(LOCK_POLL_SECONDS)
        else:
            return runner


async def _answers(address: str) -> bool:
    try:
        async with ClientSession(timeout=ClientTimeout(total=2)) as session, session.get(f"{address}/health") as answer:
            return answer.status == 200
    except (ClientError, OSError):
        return False


@asynccontextmanager
async def _connected(settings: Settings, base: str) -> AsyncIterator[Operator]:
    headers = {"Authorization": f"Bearer {ensure_tokens(settings.secrets)['operations']}"}
    try:
        async with ClientSession(headers=headers, timeout=PATIENCE) as session:
            yield Operator(session, base)
    except ClientConnectionError as error:
        raise StartRefusedError(f"数据库正被占用，但后台（{base}）没有回答。请等它启动好，或者先停下再试。") from error
