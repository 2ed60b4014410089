"""The print sheet of a one-time notice."""

from __future__ import annotations

import segno
from aiohttp import web
from markupsafe import Markup

from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.notices.service import NOTICES
from backend.platform.clock import local
from backend.platform.http import CLOCK, Call, Routes
from backend.platform.public_address import public_address
from backend.shell.rendering import PAGES

routes = Routes("pages")


@routes.page("/notice/{number}", permission="public", summary="一次性告知书打印页")
async def notice_sheet(call: Call) -> web.Response:
    """The print sheet of a one-time notice, with a QR code of its own address."""
    notice = await call.service(NOTICES).notice(call.session, call.path("number"))
    address = public_address(call.request, notice.page)
    drawing = segno.make(address, error="m").svg_inline(border=1, omitsize=True)
    return call.service(PAGES).render(
        "notices/notice.html",
        "一次性告知书",
        "citizen",
        notice=notice,
        qr=Markup(drawing),  # noqa: S704  # drawn by segno from our own address, no text of anyone's
        printed_at=local(call.request.app[CLOCK].now()),
        centre=await call.service(CATALOGUE).centre(call.session),
    )
