"""The print sheet of a one-time notice."""

from __future__ import annotations

import segno
from aiohttp import web
from markupsafe import Markup

from backend.contracts.notices import Notice
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.notices.service import NOTICES
from backend.platform.clock import local
from backend.platform.http import CLOCK, Call, Routes
from backend.platform.public_address import public_address
from backend.shell.rendering import PAGES

routes = Routes("pages")
PER_LINE = 20
"""What a line of the list takes besides its words: its box, its ends of lines."""
MOST_CHARACTERS = {"few": 320, "some": 415, "many": 480, "more": 575}
"""Up to how many characters a sheet fits on a page in 16, 14, 13 and 12 pt; beyond, it is set in 11 (measured in Chromium on every item)."""


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
        lines=_density(notice),
        qr=Markup(drawing),  # noqa: S704  # drawn by segno from our own address, no text of anyone's
        printed_at=local(call.request.app[CLOCK].now()),
        centre=await call.service(CATALOGUE).centre(call.session),
    )


def _density(notice: Notice) -> str:
    """How close the sheet has to be set so that it prints on one A4 page: by the number of characters on it."""
    told = (
        notice.situation_text, notice.to_confirm, notice.legal_basis, notice.channels, (notice.fee_text, notice.hall),
        *((line.name, line.form, line.because or "", line.if_not_found or "", line.cite or "") for line in notice.lines),
    )  # fmt: skip
    length = sum(len(text) for texts in told for text in texts) + PER_LINE * len(notice.lines)
    return next((density for density, most in MOST_CHARACTERS.items() if length <= most), "most")
