"""What an operator does at the terminal: accounts and demonstration data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.app import create_app
from backend.core.clock import Clock, SetClock, SystemClock
from backend.core.errors import StartRefusedError
from backend.core.http import DATABASE
from backend.demo import fill
from backend.hall.staff.schemas import AddedStaff, NewStaff, ResetStaff, StaffView
from backend.operator import operator
from backend.settings import Settings

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

    async def add() -> AddedStaff:
        async with operator(settings) as backend:
            return await backend.post("/staff", new, AddedStaff)

    made = asyncio.run(add())
    return made.account, made.first_password


def reset_staff(settings: Settings, username: str) -> tuple[StaffView, str]:
    """A new first password for somebody who lost the old one or the phone. Raises StartRefusedError."""

    async def reset() -> AddedStaff:
        async with operator(settings) as backend:
            return await backend.post("/staff/reset", ResetStaff(username=username), AddedStaff)

    made = asyncio.run(reset())
    return made.account, made.first_password


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
