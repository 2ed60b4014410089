"""What an operator does at the terminal: accounts and demonstration data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import TypeVar

from aiohttp import web
from pydantic import ValidationError
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.app import create_app
from backend.contracts.catalogue import CentreChange, CentreInfo
from backend.contracts.catalogue_content import Centre
from backend.hall.accounts.schemas import AddedStaff, NewStaff, ResetStaff, StaffView
from backend.migrations import is_empty, sync_url
from backend.one_window.catalogue.confirming import FIELD_NAMES, empty_fields
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.models import CentreField
from backend.operate.demo import fill
from backend.operate.operator import operator
from backend.platform.clock import Clock, SetClock, SystemClock
from backend.platform.errors import StartRefusedError
from backend.platform.http import DATABASE
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


def read_centre(settings: Settings) -> Centre:
    """What is confirmed of the centre. Raises StartRefusedError."""

    async def read() -> CentreInfo:
        async with operator(settings) as backend:
            return await backend.get("/catalogue/centre", CentreInfo)

    return asyncio.run(read()).centre


def change_centre(settings: Settings, change: CentreChange) -> Centre:
    """Fill in what the centre has confirmed of itself. Raises StartRefusedError with a sentence."""

    async def fill_in() -> CentreInfo:
        async with operator(settings) as backend:
            return await backend.patch("/catalogue/centre", change, CentreInfo)

    return asyncio.run(fill_in()).centre


def unconfirmed_line(settings: Settings) -> str:
    """How many fields of the centre are empty, and what to do; reads the database without opening it for work."""
    confirmed: set[str] = set()
    if not is_empty(settings.database_url):
        engine = create_engine(sync_url(settings.database_url))
        with engine.connect() as connection:
            if inspect(connection).has_table(CentreField.__tablename__):
                confirmed = set(connection.scalars(select(CentreField.name)))
        engine.dispose()
    empty = [name for name in empty_fields(edition().centre) if name not in confirmed]
    if not empty:
        return "中心的地址、电话、上班时间、怎么去都填好了。"
    names = "、".join(FIELD_NAMES[name] for name in empty)
    return f"中心的信息有{len(empty)}项空着（{names}），群众看到「待中心确认」。填写：./daoban confirm，或网页 /content/to-confirm"
