"""The page of what has to be read again."""

from __future__ import annotations

from aiohttp import web

from backend.one_window.catalogue.reviewing import REVIEWING
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")


@routes.page("/content/review", permission="catalogue:versions", summary="该复核的内容页")
async def review(call: Call) -> web.StreamResponse:
    """Laws that change soon with what cites them, then answers and calculators nobody has read for a year."""
    found = await call.service(REVIEWING).review(call.session)
    return staff_page(call, "catalogue/review.html", "该复核的", found=found)
