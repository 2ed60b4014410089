"""Addresses of pages."""

from __future__ import annotations

import segno
from aiohttp import web
from markupsafe import Markup

from backend.core.clock import local
from backend.core.cookies import scheme
from backend.core.http import CLOCK, Call, Routes
from backend.hall.staff.service import EVERY_UNIT, STAFF
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.notices.service import NOTICES
from backend.pages.rendering import PAGES, StaffOnPage
from backend.pages.welcome import welcome

routes = Routes("pages")


@routes.get("/", permission="public", summary="群众的对话页")
async def chat(call: Call) -> web.Response:
    """The citizen's page."""
    return call.service(PAGES).render("chat.html", "导办", "citizen", starts=welcome().starts)


@routes.get("/notice/{number}", permission="public", summary="一次性告知书打印页")
async def notice_sheet(call: Call) -> web.Response:
    """The print sheet of a one-time notice, with a QR code of its own address."""
    notice = await call.service(NOTICES).notice(call.session, call.path("number"))
    address = f"{scheme(call.request)}://{call.request.host}{notice.page}"
    drawing = segno.make(address, error="m").svg_inline(border=1, omitsize=True)
    return call.service(PAGES).render(
        "notice.html",
        "一次性告知书",
        "citizen",
        notice=notice,
        qr=Markup(drawing),  # noqa: S704  # drawn by segno from our own address, no text of anyone's
        printed_at=local(call.request.app[CLOCK].now()),
        centre=await call.service(CATALOGUE).centre(call.session),
    )


@routes.get("/login", permission="public", summary="工作人员登录页")
async def login(call: Call) -> web.Response:
    """Staff sign in here."""
    return call.service(PAGES).render("login.html", "工作人员登录", "staff")


@routes.get("/password", permission="public", summary="改密码页")
async def password(call: Call) -> web.StreamResponse:
    """Staff change their password here."""
    if call.who.kind != "staff":
        raise web.HTTPSeeOther("/login")
    return call.service(PAGES).render(
        "password.html", "修改密码", "staff", staff=_staff(call), first=call.who.must_change_password
    )


@routes.get("/account", permission="public", summary="账号安全页")
async def account(call: Call) -> web.StreamResponse:
    """Staff look after their own account here."""
    if call.who.kind != "staff":
        raise web.HTTPSeeOther("/login")
    view = await call.service(STAFF).view(call.session, call.who.id)
    return call.service(PAGES).render(
        "account.html", "账号安全", "staff", staff=_staff(call), second_step=view.second_step
    )


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
        "counter.html", "我的办件", "staff", staff=_staff(call), every_unit=EVERY_UNIT in call.who.units
    )


def _staff(call: Call) -> StaffOnPage:
    return StaffOnPage(call.who.name, call.who.position)
