"""The clerk's page: the queue of cases and one case."""

from __future__ import annotations

from aiohttp import web

from backend.platform.http import Call, Routes
from backend.platform.staff_directory import EVERY_UNIT
from backend.shell.rendering import staff_page

routes = Routes("pages")


@routes.page("/counter", permission="cases:queue", summary="窗口经办页")
async def counter(call: Call) -> web.Response:
    """The clerk's queue of cases and one case."""
    return staff_page(call, "cases/counter.html", "我的办件", me=call.who.id, every_unit=EVERY_UNIT in call.who.units)
