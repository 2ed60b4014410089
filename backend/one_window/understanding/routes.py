"""HTTP of understanding."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from aiohttp import web

from backend.core.errors import NotFoundError
from backend.core.http import Call, Routes
from backend.one_window.understanding.schemas import (
    NewSwitch,
    Report,
    SwitchList,
    Taught,
    TaughtList,
    Teach,
    UnclearList,
    UnclearQuery,
)
from backend.one_window.understanding.service import UNDERSTANDING

routes = Routes("understanding")
REPORT_FILE = web.AppKey("understanding_report", Path)


@routes.get(
    "/understanding/unclear",
    permission="understanding:teach",
    query=UnclearQuery,
    returns=UnclearList,
    summary="没听懂的话",
)
async def unclear(call: Call) -> UnclearList:
    """Questions that wait for an editor."""
    return await call.service(UNDERSTANDING).unclear(call.session, call.query)


@routes.post("/understanding/unclear/{id}/ignore", permission="understanding:teach", status=204, summary="不用教")
async def ignore(call: Call) -> web.Response:
    """A question needs no teaching."""
    await call.service(UNDERSTANDING).ignore(call.session, _number(call, "unclear.unknown"), call.who)
    return web.Response(status=204)


@routes.get("/understanding/taught", permission="understanding:teach", returns=TaughtList, summary="教过的话")
async def taught(call: Call) -> TaughtList:
    """Attached sentences."""
    return await call.service(UNDERSTANDING).taught(call.session)


@routes.post(
    "/understanding/taught", permission="understanding:teach", body=Teach, returns=Taught, status=201, summary="教一句"
)
async def teach(call: Call) -> Taught:
    """Attach a sentence to an item or a policy answer."""
    return await call.service(UNDERSTANDING).teach(call.session, call.body, call.who)


@routes.delete("/understanding/taught/{id}", permission="understanding:teach", status=204, summary="不再这样听")
async def forget(call: Call) -> web.Response:
    """Take a taught sentence back."""
    await call.service(UNDERSTANDING).forget(call.session, _number(call, "taught.unknown"), call.who)
    return web.Response(status=204)


@routes.get("/understanding/report", permission="understanding:teach", returns=Report, summary="最近一次评测")
async def report(call: Call) -> Report:
    """Figures of the last ``./daoban evaluate``."""
    return await last_report(call)


async def last_report(call: Call) -> Report:
    """The report as it lies in the data folder; empty before the first."""
    file = call.request.app[REPORT_FILE]
    if not file.exists():
        return Report(made_at=None, totals=None)
    content = await asyncio.to_thread(file.read_text, "utf-8")
    return Report(made_at=datetime.fromtimestamp(file.stat().st_mtime, UTC), totals=json.loads(content)["totals"])


@routes.get("/switches", permission="switches:set", returns=SwitchList, summary="停答和紧急通知")
async def switches(call: Call) -> SwitchList:
    """What is switched off now."""
    return await call.service(UNDERSTANDING).switches(call.session)


@routes.post("/switches", permission="switches:set", body=NewSwitch, returns=SwitchList, summary="停答或发紧急通知")
async def switch_off(call: Call) -> SwitchList:
    """Switch something off, or set the emergency notice."""
    return await call.service(UNDERSTANDING).switch_off(call.session, call.body, call.who)


@routes.delete("/switches/{kind}/{target}", permission="switches:set", returns=SwitchList, summary="恢复")
async def switch_on(call: Call) -> SwitchList:
    """On again."""
    return await call.service(UNDERSTANDING).switch_on(call.session, call.path("kind"), call.path("target"), call.who)


def _number(call: Call, unknown: str) -> int:
    text = call.path("id")
    if not (text.isdigit() and len(text) < 10):
        raise NotFoundError(unknown)
    return int(text)
