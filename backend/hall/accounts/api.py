"""HTTP of staff accounts."""

from __future__ import annotations

from aiohttp import web
from sqlalchemy.exc import SQLAlchemyError

from backend.hall.accounts.schemas import (
    AddedStaff,
    Confirmation,
    FirstCode,
    LockedList,
    NewPassword,
    NewSecondStep,
    NewStaff,
    ResetStaff,
    SessionList,
    SignIn,
    StaffView,
    UnlockStaff,
)
from backend.hall.accounts.service import COOKIE, STAFF
from backend.hall.accounts.sessions import SESSION_LENGTH
from backend.hall.accounts.signing_in import SIGNING_IN, AskingBrowser
from backend.platform.cookies import cookie, give_cookie, take_cookie
from backend.platform.errors import NotReadyError
from backend.platform.http import DATABASE, Call, Routes, require_own_origin
from backend.platform.rate_limits import LIMITER

routes = Routes("staff")


@routes.post(
    "/staff/session", permission="staff:sign_in", body=SignIn, returns=StaffView, own_transactions=True, summary="登录"
)
async def sign_in(call: Call) -> web.Response:
    """Sign in; sets the session cookie."""
    require_own_origin(call.request)
    view, token = await call.service(SIGNING_IN).sign_in(call.body, _place(call))
    response = web.json_response(text=view.model_dump_json())
    give_cookie(call.request, response, COOKIE, token, length=SESSION_LENGTH, samesite="Strict")
    return response


@routes.delete("/staff/session", permission="staff:self", own_transactions=True, summary="退出登录", status=204)
async def sign_out(call: Call) -> web.Response:
    """Sign out; the cookie is worthless afterwards and leaves the browser, also where nothing can be written."""
    staff, token = call.service(STAFF), cookie(call.request, COOKIE)
    take_cookie(call.request, COOKIE)
    try:
        async with call.service(DATABASE).write() as session:
            await staff.sign_out(session, call.who, token)
    except (NotReadyError, SQLAlchemyError, OSError) as error:
        staff.sessions.refuse(token)
        raise NotReadyError("staff.sign_out_unrecorded") from error
    return web.Response(status=204)


@routes.get("/staff/me", permission="staff:self", returns=StaffView, summary="当前登录的工作人员")
async def me(call: Call) -> StaffView:
    """Who is signed in."""
    return await call.service(STAFF).view(call.session, call.who.id)


@routes.post(
    "/staff/password",
    permission="staff:self",
    body=NewPassword,
    returns=StaffView,
    own_transactions=True,
    summary="改密码",
)
async def change_password(call: Call) -> StaffView:
    """Change one's own password."""
    token = cookie(call.request, COOKIE)
    return await call.service(SIGNING_IN).change_password(call.who, call.body, token, _place(call))


@routes.get("/staff/sessions", permission="staff:self", returns=SessionList, summary="在哪些浏览器上登录着")
async def sessions(call: Call) -> SessionList:
    """One's own signed-in browsers."""
    return await call.service(STAFF).sessions.listed(call.session, call.who, cookie(call.request, COOKIE))


@routes.delete("/staff/sessions/{id}", permission="staff:self", summary="让一个浏览器退出登录", status=204)
async def revoke_session(call: Call) -> web.Response:
    """End one of one's own sessions."""
    await call.service(STAFF).sign_out_elsewhere(call.session, call.who, call.path("id"))
    return web.Response(status=204)


@routes.post(
    "/staff/second-step",
    permission="staff:self",
    body=Confirmation,
    returns=NewSecondStep,
    secret=True,
    own_transactions=True,
    summary="设置两步登录",
)
async def set_up_second_step(call: Call) -> NewSecondStep:
    """A secret to scan with an authenticator app."""
    return await call.service(SIGNING_IN).set_up_second_step(call.who, call.body.password, _place(call))


@routes.post(
    "/staff/second-step/confirm",
    permission="staff:self",
    body=FirstCode,
    returns=StaffView,
    own_transactions=True,
    summary="用第一个验证码打开两步登录",
)
async def confirm_second_step(call: Call) -> StaffView:
    """Switch the second step on."""
    return await call.service(SIGNING_IN).confirm_second_step(call.who, call.body.code, _place(call))


@routes.post(
    "/staff/second-step/off",
    permission="staff:self",
    body=Confirmation,
    returns=StaffView,
    own_transactions=True,
    summary="关闭两步登录",
)
async def switch_off_second_step(call: Call) -> StaffView:
    """Switch the second step off."""
    return await call.service(SIGNING_IN).switch_off_second_step(call.who, call.body.password, _place(call))


@routes.post(
    "/staff/reset",
    permission="staff:add",
    body=ResetStaff,
    returns=AddedStaff,
    secret=True,
    own_transactions=True,
    summary="重设账号",
)
async def reset_staff(call: Call) -> AddedStaff:
    """A new first password, without second step."""
    staff = call.service(STAFF)
    first = await staff.passwords.made_up()
    async with call.service(DATABASE).write() as session:
        account = await staff.reset(session, call.body.username, call.who, first)
    return AddedStaff(account=account, first_password=first.plain)


@routes.post(
    "/staff",
    permission="staff:add",
    body=NewStaff,
    returns=AddedStaff,
    status=201,
    secret=True,
    own_transactions=True,
    summary="新建账号",
)
async def add_staff(call: Call) -> AddedStaff:
    """Make an account."""
    staff = call.service(STAFF)
    first = await staff.passwords.made_up()
    async with call.service(DATABASE).write() as session:
        account, told = await staff.add(session, call.body, call.who, first=first)
    return AddedStaff(account=account, first_password=told)


@routes.get("/staff/locked", permission="staff:unlock", returns=LockedList, summary="输错密码被锁住的账号")
async def locked_staff(call: Call) -> LockedList:
    """Who of one's own units cannot sign in for wrong passwords."""
    return await call.service(STAFF).locked(call.session, call.who)


@routes.post("/staff/unlock", permission="staff:unlock", body=UnlockStaff, returns=StaffView, summary="给账号解锁")
async def unlock_staff(call: Call) -> StaffView:
    """Let somebody try again at once."""
    return await call.service(STAFF).unlock(call.session, call.body.username, call.who)


def _place(call: Call) -> AskingBrowser:
    """The browser that asks, and from where."""
    request = call.request
    return AskingBrowser(request.app[LIMITER].address(request), request.headers.get("User-Agent", ""))
