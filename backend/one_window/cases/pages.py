"""The clerk's page: the queue of cases and one case."""

from __future__ import annotations

from aiohttp import web

from backend.hall.accounts.service import EVERY_UNIT
from backend.platform.http import Call, Routes
from backend.shell.rendering import PAGES, StaffOnPage

routes = Routes("pages")


@routes.get("/counter", permission="public", summary="窗口经办页")
async def counter(call: Call) -> web.StreamResponse:
    """The clerk's queue of cases and one case."""
    if call.who.kind != "staff":
        raise web.HTTPSeeOther("/login")
    if call.who.must_change_password:
        raise web.HTTPSeeOther("/password")
    if call.who.may("audit:read") and not call.who.may("cases:queue"):
        raise web.HTTPSeeOther("/auditor")
    if call.who.may("catalogue:review") and not call.who.may("cases:queue"):
        raise web.HTTPSeeOther("/content")
    call.who.require("cases:queue")
    return call.service(PAGES).render(
        "cases/counter.html",
        "我的办件",
        "staff",
        staff=StaffOnPage(call.who.name, call.who.position),
        me=call.who.id,
        every_unit=EVERY_UNIT in call.who.units,
    )
