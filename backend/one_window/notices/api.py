"""HTTP of one-time notices."""

from __future__ import annotations

from backend.contracts.notices import Notice, NoticePreview, NoticeRequest
from backend.one_window.notices.service import NOTICES
from backend.platform.http import Call, Routes

routes = Routes("notices")


@routes.post(
    "/notices/preview",
    permission="notices:preview",
    body=NoticeRequest,
    returns=NoticePreview,
    writes=False,
    summary="材料清单预览和还要问的问题",
)
async def preview(call: Call) -> NoticePreview:
    """The list as it stands and the questions still worth asking."""
    return await call.service(NOTICES).preview(call.session, call.body)


@routes.post(
    "/notices",
    permission="notices:issue",
    body=NoticeRequest,
    returns=Notice,
    status=201,
    summary="出具一次性告知书",
)
async def issue(call: Call) -> Notice:
    """Issue a numbered notice."""
    return await call.service(NOTICES).issue(call.session, call.body, call.who)


@routes.get("/notices/{number}", permission="notices:read", returns=Notice, summary="查看一次性告知书")
async def notice(call: Call) -> Notice:
    """A notice by its number."""
    return await call.service(NOTICES).notice(call.session, call.path("number"))
