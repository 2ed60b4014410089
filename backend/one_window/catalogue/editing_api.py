"""HTTP of the editor."""

from __future__ import annotations

from backend.contracts.catalogue import (
    CheckedText,
    ComplaintView,
    DraftChange,
    EditorList,
    ItemHistory,
    NewDraft,
    StepOnVersion,
    TextToCheck,
    VersionStep,
    VersionView,
)
from backend.one_window.catalogue.editing import EDITING
from backend.platform.errors import NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("catalogue")
_VERSION = "/catalogue/editor/items/{code}/versions/{version}"


def version_of(call: Call) -> int:
    """The version in the path. Raises NotFoundError."""
    text = call.path("version")
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise NotFoundError("item.version_unknown", code=call.path("code"), version=text)
    return int(text)


@routes.get("/catalogue/editor/items", permission="catalogue:versions", returns=EditorList, summary="编辑用的事项清单")
async def items(call: Call) -> EditorList:
    """All items with what is under way."""
    return await call.service(EDITING).items(call.session, call.who)


@routes.get(
    "/catalogue/editor/items/{code}/versions",
    permission="catalogue:versions",
    returns=ItemHistory,
    summary="一个事项的版本",
)
async def history(call: Call) -> ItemHistory:
    """Versions of one item, newest first."""
    return await call.service(EDITING).history(call.session, call.path("code"), call.who)


@routes.post(
    "/catalogue/editor/items/{code}/versions",
    permission="catalogue:edit",
    body=NewDraft,
    returns=VersionView,
    status=201,
    summary="起草新的一版",
)
async def begin(call: Call) -> VersionView:
    """Begin a draft."""
    return await call.service(EDITING).begin(call.session, call.path("code"), call.body, call.who)


@routes.patch(_VERSION, permission="catalogue:edit", body=DraftChange, returns=VersionView, summary="保存草稿")
async def save(call: Call) -> VersionView:
    """Save a draft."""
    return await call.service(EDITING).save(call.session, call.path("code"), version_of(call), call.body, call.who)


@routes.post(
    _VERSION + "/steps/{step}",
    permission="catalogue:versions",
    body=StepOnVersion,
    returns=VersionView,
    summary="提交、退回、发布、撤回、作废",
)
async def step(call: Call) -> VersionView:
    """One step on the way of a version."""
    name = call.path("step")
    if name not in set(VersionStep):
        raise NotFoundError("route.unknown")
    return await call.service(EDITING).step(
        call.session, call.path("code"), version_of(call), VersionStep(name), call.body, call.who
    )


@routes.post(
    "/catalogue/editor/check",
    permission="catalogue:edit",
    writes=False,
    body=TextToCheck,
    returns=CheckedText,
    summary="检查一份事项内容",
)
async def check(call: Call) -> CheckedText:
    """What has to be mended in a YAML text."""
    found = await call.service(EDITING).check_text(call.session, call.body.yaml)
    return CheckedText(complaints=tuple(ComplaintView(field=one.field, text=one.text) for one in found))
