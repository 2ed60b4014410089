"""HTTP of what every service stands on: events, health, the OpenAPI document."""

from __future__ import annotations

import re
import shutil
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path

from aiohttp import web
from pydantic import Field
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.events import EventList
from backend.contracts.wire import Wire
from backend.platform.clock_check import clock_behind
from backend.platform.errors import InvalidError, NotReadyError
from backend.platform.events import Events
from backend.platform.http import CLOCK, DATABASE, ROUTES, Call, Routes, identify, require_own_origin
from backend.platform.identity import UNATTENDED
from backend.platform.openapi import document
from backend.platform.subscriptions import Subscription, subscription
from backend.process.serving import open_socket
from backend.telemetry.metrics import METRICS

routes = Routes("core")
EVENTS = web.AppKey("events", Events)
DATA_FOLDER: web.AppKey[Path] = web.AppKey("data_folder", Path)
VERSION = "0.1.0"
_EVENT_ID = re.compile(r"[0-9]{1,9}", re.ASCII)
Waiting = Callable[[AsyncSession], Awaitable[tuple[int, datetime | None]]]
WAITING: web.AppKey[Waiting] = web.AppKey("waiting", Callable)  # type: ignore[arg-type]  # no class of callables
"""How many messages wait for the assistant, and since when the oldest does."""


class EventQuery(Wire):
    """Resume point, how many, and of which kinds: with commas between, ``case.*`` for all of cases; empty for all."""

    after: int = Field(default=0, ge=0, le=2**31 - 1)
    limit: int = Field(default=500, ge=1, le=1000)
    kinds: str = Field(default="", max_length=1000)


class Health(Wire):
    """The process answers and reaches its database."""

    status: str
    version: str
    last_event: int


@routes.get("/events", permission="events:read", query=EventQuery, returns=EventList, summary="事件")
async def events(call: Call) -> EventList:
    """Events after an id that concern whoever asks, oldest first."""
    wanted = subscription(call.service(EVENTS).kinds, call.who, call.query.kinds)
    found = await call.service(EVENTS).after(call.session, call.query.after, wanted, call.query.limit)
    return EventList(events=tuple(found))


@routes.get("/events/stream", permission="events:read", socket=True, summary="事件流")
async def event_stream(call: Call) -> web.StreamResponse:
    """Events after an id as they are committed, one JSON text frame each; without ``after`` only new ones.

    ``kinds`` as in the list. Staff hear of what their permissions allow, and of the cases of their units or their own.
    """
    if call.who.kind == "staff":
        require_own_origin(call.request)
    given = call.request.query.get("after", "")
    if given and not _EVENT_ID.fullmatch(given):
        raise InvalidError("body.invalid", field="after", label="after", reason="0-2147483647")
    asked, service = call.request.query.get("kinds", ""), call.service(EVENTS)
    wanted = subscription(service.kinds, call.who, asked)

    call.request[UNATTENDED] = True

    async def rights(session: AsyncSession) -> Subscription | None:
        who = await identify(session, call.request)
        return subscription(service.kinds, who, asked) if who.id == call.who.id and who.may("events:read") else None

    async with call.request.app[DATABASE].read() as session:
        after = int(given) if given else await service.last_id(session)
    socket = web.WebSocketResponse(heartbeat=20)
    await socket.prepare(call.request)
    with open_socket(call.request, socket):
        await service.follow_until_closed(socket, after, wanted, rights if call.who.kind == "staff" else None)
    return socket


@routes.get("/health", permission="public", returns=Health, summary="是否正常")
async def health(call: Call) -> Health:
    """Whether the backend answers and reaches its database."""
    return Health(status="ok", version=VERSION, last_event=await call.service(EVENTS).last_id(call.session))


@routes.get("/ready", permission="public", returns=Health, summary="能不能接请求")
async def ready(call: Call) -> Health:
    """Whether requests may be sent here. Raises NotReadyError (503) while the database is away."""
    try:
        last = await call.service(EVENTS).last_id(call.session)
    except (SQLAlchemyError, OSError) as away:
        raise NotReadyError("server.not_ready") from away
    return Health(status="ready", version=VERSION, last_event=last)


@routes.get("/metrics", permission="metrics:read", summary="运行指标")
async def metrics(call: Call) -> web.Response:
    """Prometheus metrics of this process, and how many questions wait."""
    counted = call.service(METRICS)
    waiting, oldest = await call.service(WAITING)(call.session)
    age = 0.0 if oldest is None else (call.service(CLOCK).now() - oldest).total_seconds()
    counted.set("daoban_turns_waiting", "Messages of citizens that wait for the assistant.", waiting)
    counted.set("daoban_turns_waiting_seconds", "How long the oldest of them has waited.", age)
    counted.set("daoban_events_last_id", "Id of the newest event.", await call.service(EVENTS).last_id(call.session))
    behind = await clock_behind(call.session, call.service(CLOCK))
    counted.set("daoban_clock_behind_seconds", "How far the clock is behind the newest event.", behind.total_seconds())
    free = shutil.disk_usage(call.service(DATA_FOLDER)).free
    counted.set("daoban_disk_free_bytes", "Space left where the data folder is.", free)
    return counted.exposition()


@routes.get("/openapi.json", permission="public", summary="接口文档")
async def openapi(call: Call) -> web.Response:
    """The OpenAPI document."""
    listed = call.service(ROUTES)
    return web.json_response(document(listed, VERSION))
