"""Pages of signing in and of looking after one's own account."""

from __future__ import annotations

from aiohttp import web

from backend.hall.accounts.service import STAFF
from backend.platform.http import NEW_PASSWORD_PAGE, SIGN_IN_PAGE, Call, Routes
from backend.shell.rendering import PAGES, landing_page, staff_page

routes = Routes("pages")


@routes.page(SIGN_IN_PAGE, permission="public", summary="工作人员登录页")
async def login(call: Call) -> web.Response:
    """Staff sign in here."""
    return call.service(PAGES).render("accounts/login.html", "工作人员登录", "staff")


@routes.page("/work", permission="staff:self", summary="工作首页")
async def work(call: Call) -> web.Response:
    """Where somebody lands after signing in: the first page of the staff navigation that is theirs."""
    raise web.HTTPSeeOther(NEW_PASSWORD_PAGE if call.who.must_change_password else landing_page(call))


@routes.page(NEW_PASSWORD_PAGE, permission="staff:self", summary="改密码页")
async def password(call: Call) -> web.Response:
    """Staff change their password here."""
    return staff_page(call, "accounts/password.html", "修改密码", first=call.who.must_change_password)


@routes.page("/account", permission="staff:self", summary="账号安全页")
async def account(call: Call) -> web.Response:
    """Staff look after their own account here."""
    view = await call.service(STAFF).view(call.session, call.who.id)
    return staff_page(call, "accounts/account.html", "账号安全", second_step=view.second_step)
