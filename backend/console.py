"""What an operator does at the terminal: accounts and demonstration data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from http import HTTPStatus
from typing import TypeVar

from aiohttp import ClientSession, web
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.app import create_app
from backend.core.clock import Clock, SetClock, SystemClock
from backend.core.database import SecondBackendError
from backend.core.errors import DaobanError, StartRefusedError
from backend.core.http import DATABASE
from backend.core.identity import Principal
from backend.core.service_tokens import ensure_tokens
from backend.demo import fill
from backend.hall.staff.schemas import AddedStaff, NewStaff, StaffView
from backend.hall.staff.service import STAFF
from backend.settings import Settings

OPERATOR = Principal("service", id="operations", name="系统管理员")
Result = TypeVar("Result")


def add_staff(
    settings: Settings, username: str, name: str, roles: list[str], units: list[str]
) -> tuple[StaffView, str]:
    """Make an account; returns it with its first password. Raises StartRefusedError on bad input."""
    try:
        new = NewStaff.model_validate({"username": username, "name": name, "roles": roles, "units": units})
    except ValidationError as error:
        first = error.errors()[0]
        raise StartRefusedError(f"{'.'.join(str(part) for part in first['loc'])} 填得不对：{first['msg']}") from error

    async def add(app: web.Application, session: AsyncSession) -> tuple[StaffView, str]:
        return await app[STAFF].add(session, new, OPERATOR)

    try:
        return _run(settings, add)
    except SecondBackendError:
        return asyncio.run(_ask_running_backend(settings, new))
    except DaobanError as error:
        raise StartRefusedError(error.detail) from error


def fill_demo(settings: Settings) -> list[str]:
    """Fill an empty database with demonstration data; returns lines to print (accounts and passwords)."""
    began = SystemClock().now() - timedelta(hours=2)
    return _run(settings, fill, SetClock(began))


def _run(
    settings: Settings,
    work: Callable[[web.Application, AsyncSession], Awaitable[Result]],
    clock: Clock | None = None,
) -> Result:
    async def run() -> Result:
        async with _started(settings, clock) as app, app[DATABASE].write() as session:
            return await work(app, session)

    return asyncio.run(run())


@asynccontextmanager
async def _started(settings: Settings, clock: Clock | None) -> AsyncIterator[web.Application]:
    runner = web.AppRunner(create_app(settings, clock))
    await runner.setup()
    try:
        yield runner.app
    finally:
        await runner.cleanup()


async def _ask_running_backend(settings: Settings, new: NewStaff) -> tuple[StaffView, str]:
    """The backend has the database open: let it make the account."""
    token = ensure_tokens(settings.secrets)["operations"]
    address = f"http://{settings.host}:{settings.port}/staff"
    async with (
        ClientSession(headers={"Authorization": f"Bearer {token}"}) as client,
        client.post(address, data=new.model_dump_json(), headers={"Content-Type": "application/json"}) as response,
    ):
        answer = await response.json(content_type=None)
    if response.status != HTTPStatus.CREATED:
        raise StartRefusedError(answer["detail"])
    made = AddedStaff.model_validate(answer)
    return made.account, made.first_password
