"""The first page of the desk guide and of the duty leader."""

from __future__ import annotations

from aiohttp import web

from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")


@routes.page("/desk", permission="assistance:take", summary="求助页")
async def desk(call: Call) -> web.Response:
    """Who needs a member of staff, as it happens."""
    return staff_page(call, "assistance/desk.html", "求助")
