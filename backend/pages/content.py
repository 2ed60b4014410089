"""Pages of those who keep the content: what is to be confirmed or abolished."""

from __future__ import annotations

from itertools import groupby

from aiohttp import web

from backend.core.clock import local_date
from backend.core.http import CLOCK, Call, Routes
from backend.hall.staff.service import STAFF
from backend.one_window.catalogue.confirming import CONFIRMING, FIELD_NAMES
from backend.one_window.catalogue.schemas import Decision
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.catalogue.wording import basis_text
from backend.pages.rendering import PAGES, StaffOnPage

routes = Routes("pages")

DECISION_NAMES = {Decision.KEEP: "保留并补依据", Decision.ABOLISH: "取消", Decision.PENDING: "待查"}
ASK_NAMES = {"hand_in": "要交", "show": "看一下", "fill_in": "要填", "confirm": "核对"}


def signed_in(call: Call, permission: str) -> StaffOnPage:
    """Who looks at a page of staff; others are led to the sign-in page. Raises NotAllowedError."""
    if call.who.kind != "staff":
        raise web.HTTPSeeOther("/login")
    if call.who.must_change_password:
        raise web.HTTPSeeOther("/password")
    call.who.require(permission)
    return StaffOnPage(call.who.name, call.who.position)


@routes.get("/content", permission="public", summary="内容首页")
async def content(call: Call) -> web.StreamResponse:
    """Where somebody who keeps content begins."""
    signed_in(call, "catalogue:review")
    raise web.HTTPSeeOther("/content/items" if call.who.may("catalogue:edit") else "/content/to-confirm")


@routes.get("/content/to-confirm", permission="public", summary="待确认或取消的清单页")
async def to_confirm(call: Call) -> web.StreamResponse:
    """Empty local fields first, then every required material without citation, by unit."""
    staff = signed_in(call, "catalogue:review")
    found = await call.service(CONFIRMING).to_confirm(call.session)
    catalogue = call.service(CATALOGUE)
    decided_by = {entry.decided.decided_by for entry in found.materials if entry.decided is not None}
    units = [(name, list(entries)) for name, entries in groupby(found.materials, key=lambda entry: entry.unit_name)]
    return call.service(PAGES).render(
        "to_confirm.html",
        "待确认或取消",
        "staff",
        staff=staff,
        found=found,
        units=units,
        undecided=sum(entry.decided is None or entry.decided.decision is Decision.PENDING for entry in found.materials),
        names=await call.service(STAFF).names(call.session, decided_by),
        centre=(await catalogue.centre(call.session)).centre,
        fields=FIELD_NAMES,
        decisions=DECISION_NAMES,
        asks=ASK_NAMES,
        basis_text=basis_text,
        when_text=catalogue.when_text,
        today=local_date(call.request.app[CLOCK].now()),
        may=call.who.may,
    )
