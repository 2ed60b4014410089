"""Pages of signing in and of looking after one's own account."""

from __future__ import annotations

from aiohttp import web

from backend.hall.accounts.service import STAFF
from backend.platform.http import Call, Routes
from backend.shell.rendering import PAGES, StaffOnPage

routes = Routes("pages")


@routes.get("/login", permission="public", summary="工作人员登录页")
async def login(call: Call) -> web.Response:
    """Staff sign in here."""
    return call.service(PAGES).render("accounts/login.html", "工作人员登录", "staff")


@routes.get("/password", permission="public", summary="改密码页")
async def password(call: Call) -> web.StreamResponse:
    """Staff change their password here."""
    if call.who.kind != "staff":
        raise web.HTTPSeeOther("/login")
    return call.service(PAGES).render(
        "accounts/password.html", "修改密码", "staff", staff=_staff(call), first=call.who.must_change_password
    )


@routes.get("/account", permission="public", summary="账号安全页")
async def account(call: Call) -> web.StreamResponse:
    """Staff look after their own account here."""
    if call.who.kind != "staff":
        raise web.HTTPSeeOther("/login")
    view = await call.service(STAFF).view(call.session, call.who.id)
    return call.service(PAGES).render(
        "accounts/account.html", "账号安全", "staff", staff=_staff(call), second_step=view.second_step
    )


def _staff(call: Call) -> StaffOnPage:
    return StaffOnPage(call.who.name, call.who.position)
