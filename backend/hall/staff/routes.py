"""HTTP of staff accounts."""

from __future__ import annotations

from aiohttp import web

from backend.core.cookies import cookie, give_cookie, take_cookie
from backend.core.errors import DaobanError
from backend.core.http import Call, Routes, refusal, require_own_origin
from backend.hall.staff.schemas import AddedStaff, NewPassword, NewStaff, SignIn, StaffView
from backend.hall.staff.service import COOKIE, SESSION_LENGTH, STAFF

routes = Routes("staff")


@routes.post(
    "/staff/session", permission="staff:sign_in", body=SignIn, returns=StaffView, limit="sign_in", summary="登录"
)
async def sign_in(call: Call) -> web.Response:
    """Sign in; sets the session cookie."""
    require_own_origin(call.request)
    result = await call.service(STAFF).sign_in(call.session, call.body.username, call.body.password)
    if isinstance(result, DaobanError):
        return refusal(result, trace="")
    view, token = result
    response = web.json_response(text=view.model_dump_json())
    give_cookie(call.request, response, COOKIE, token, length=SESSION_LENGTH, samesite="Strict")
    return response


@routes.delete("/staff/session", permission="staff:self", summary="退出登录", status=204)
async def sign_out(call: Call) -> web.Response:
    """Sign out; the cookie is worthless afterwards."""
    await call.service(STAFF).sign_out(call.session, cookie(call.request, COOKIE))
    response = web.Response(status=204)
    take_cookie(call.request, response, COOKIE)
    return response


@routes.get("/staff/me", permission="staff:self", returns=StaffView, summary="当前登录的工作人员")
async def me(call: Call) -> StaffView:
    """Who is signed in."""
    return await call.service(STAFF).view(call.session, call.who.id)


@routes.post("/staff/password", permission="staff:self", body=NewPassword, returns=StaffView, summary="改密码")
async def change_password(call: Call) -> StaffView:
    """Change one's own password."""
    return await call.service(STAFF).change_password(call.session, call.who, call.body.current, call.body.new)


@routes.post(
    "/staff", permission="staff:add", body=NewStaff, returns=AddedStaff, status=201, secret=True, summary="新建账号"
)
async def add_staff(call: Call) -> AddedStaff:
    """Make an account."""
    account, first_password = await call.service(STAFF).add(call.session, call.body, call.who)
    return AddedStaff(account=account, first_password=first_password)
