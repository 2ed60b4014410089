"""What an operator does at the terminal: accounts and demonstration data."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from aiohttp import ClientSession, web
from pydantic import BaseModel, ValidationError
from sqlalchemy import create_engine, inspect, select
from sqlalchemy.engine import make_url
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
from backend.migrations import sync_url
from backend.one_window.catalogue.confirming import CONFIRMING, FIELD_NAMES, empty_fields
from backend.one_window.catalogue.content import Centre
from backend.one_window.catalogue.delivered import edition
from backend.one_window.catalogue.models import CentreField
from backend.one_window.catalogue.schemas import CentreChange, CentreInfo
from backend.one_window.catalogue.service import CATALOGUE
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
        made = AddedStaff.model_validate(asyncio.run(_ask_running_backend(settings, "POST", "/staff", new)))
        return made.account, made.first_password
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


async def _ask_running_backend(
    settings: Settings, method: str, path: str, body: BaseModel | None = None
) -> Mapping[str, Any]:
    """The backend has the database open: let it do it. Raises StartRefusedError with its sentence."""
    token = ensure_tokens(settings.secrets)["operations"]
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    data = None if body is None else body.model_dump_json(exclude_none=True)
    async with (
        ClientSession(headers=headers) as client,
        client.request(method, f"http://{settings.host}:{settings.port}{path}", data=data) as response,
    ):
        answer: Mapping[str, Any] = await response.json(content_type=None)
    if not response.ok:
        raise StartRefusedError(answer["detail"])
    return answer


def read_centre(settings: Settings) -> Centre:
    """What is confirmed of the centre."""

    async def read(app: web.Application, session: AsyncSession) -> Centre:
        return (await app[CATALOGUE].centre(session)).centre

    try:
        return _run(settings, read)
    except SecondBackendError:
        answer = asyncio.run(_ask_running_backend(settings, "GET", "/catalogue/centre"))
        return CentreInfo.model_validate(answer).centre


def change_centre(settings: Settings, change: CentreChange) -> Centre:
    """Fill in what the centre has confirmed of itself. Raises StartRefusedError with a sentence."""

    async def fill_in(app: web.Application, session: AsyncSession) -> Centre:
        return (await app[CONFIRMING].change_centre(session, change, OPERATOR)).centre

    try:
        return _run(settings, fill_in)
    except SecondBackendError:
        answer = asyncio.run(_ask_running_backend(settings, "PATCH", "/catalogue/centre", change))
        return CentreInfo.model_validate(answer).centre
    except DaobanError as error:
        raise StartRefusedError(error.detail) from error


def unconfirmed_line(settings: Settings) -> str:
    """How many fields of the centre are empty, and what to do; reads the database without opening it for work."""
    confirmed: set[str] = set()
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or Path(url.database or "").exists():
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
