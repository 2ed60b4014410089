"""Pages of those who keep the content: items and their versions, what is to be confirmed or abolished."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from itertools import groupby

from aiohttp import web

from backend.contracts.catalogue import CitationDecision, VersionStatus, VersionView
from backend.contracts.wire import Wire
from backend.one_window.catalogue.confirming import CONFIRMING, FIELD_EXAMPLES, FIELD_NAMES
from backend.one_window.catalogue.editing import EDITING, STATUS_NAMES, STEP_NAMES, is_open
from backend.one_window.catalogue.editing_api import version_of
from backend.one_window.catalogue.pages import guide_page
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.catalogue.wording import basis_text
from backend.one_window.catalogue.writing import to_yaml
from backend.platform.clock import local_date
from backend.platform.errors import NotFoundError
from backend.platform.http import CLOCK, Call, Routes
from backend.platform.staff_directory import STAFF_DIRECTORY
from backend.shell.rendering import staff_page

routes = Routes("pages")

DECISION_NAMES = {
    CitationDecision.KEEP: "保留并补依据",
    CitationDecision.ABOLISH: "取消",
    CitationDecision.PENDING: "待查",
}
ASK_NAMES = {"hand_in": "要交", "show": "看一下", "fill_in": "要填", "confirm": "核对"}


class VersionQuery(Wire):
    """Which version of an item to look at."""

    version: int | None = None


@routes.page("/content", permission="catalogue:review", summary="内容首页")
async def content(call: Call) -> web.StreamResponse:
    """Where somebody who keeps content begins."""
    raise web.HTTPSeeOther("/content/items" if call.who.may("catalogue:versions") else "/content/to-confirm")


@routes.page("/content/to-confirm", permission="catalogue:review", summary="待确认或取消的清单页")
async def to_confirm(call: Call) -> web.StreamResponse:
    """Empty local fields first, then every required material without citation, by unit."""
    found = await call.service(CONFIRMING).to_confirm(call.session)
    catalogue = call.service(CATALOGUE)
    decided_by = {entry.decided.decided_by for entry in found.materials if entry.decided is not None}
    units = [(name, list(entries)) for name, entries in groupby(found.materials, key=lambda entry: entry.unit_name)]
    return staff_page(
        call,
        "catalogue/to_confirm.html",
        "待确认或取消",
        found=found,
        units=units,
        undecided=sum(
            entry.decided is None or entry.decided.decision is CitationDecision.PENDING for entry in found.materials
        ),
        names=await call.service(STAFF_DIRECTORY).names(call.session, decided_by),
        centre=(await catalogue.centre(call.session)).centre,
        fields=FIELD_NAMES,
        examples=FIELD_EXAMPLES,
        decisions=DECISION_NAMES,
        asks=ASK_NAMES,
        basis_text=basis_text,
        when_text=catalogue.when_text,
        today=local_date(call.request.app[CLOCK].now()),
    )


@routes.page("/content/items", permission="catalogue:versions", summary="事项编辑清单页")
async def items(call: Call) -> web.StreamResponse:
    """All items, what waits for somebody first; import and export."""
    found = await call.service(EDITING).items(call.session, call.who)
    authors = {author for item in found.items for version in item.waiting for author in version.authors}
    return staff_page(
        call,
        "catalogue/content_items.html",
        "事项",
        found=found,
        names=await call.service(STAFF_DIRECTORY).names(call.session, authors),
        statuses=STATUS_NAMES,
        me=call.who.id,
    )


@routes.page("/content/items/{code}", permission="catalogue:versions", query=VersionQuery, summary="事项编辑页")
async def item(call: Call) -> web.StreamResponse:
    """One version of an item: change it, compare it, look at it, move it on; and the item's history."""
    editing, code = call.service(EDITING), call.path("code")
    versions = (await editing.history(call.session, code, call.who)).versions
    chosen = _chosen(versions, call.query.version)
    content = await editing.content(call.session, code, chosen.version)
    people = {person for version in versions for person in (*version.authors, version.approved_by) if person}
    under_way = next((version for version in versions if is_open(version)), None)
    return staff_page(
        call,
        "catalogue/content_item.html",
        content.name,
        item=content,
        chosen=chosen,
        versions=versions,
        under_way=under_way,
        text_of_item=to_yaml([content]),
        differences=await editing.compared(call.session, code, chosen.version),
        names=await call.service(STAFF_DIRECTORY).names(call.session, people),
        statuses=STATUS_NAMES,
        step_names=STEP_NAMES,
        tomorrow=local_date(call.request.app[CLOCK].now()) + timedelta(days=1),
    )


@routes.page("/content/items/{code}/versions/{version}", permission="catalogue:versions", summary="指南预览页")
async def preview(call: Call) -> web.StreamResponse:
    """The guide as people would see it with this version."""
    code, version = call.path("code"), version_of(call)
    content = await call.service(EDITING).content(call.session, code, version)
    today = local_date(call.request.app[CLOCK].now())
    guide = call.service(CATALOGUE).guide_of(content, version, today)
    return await guide_page(call, guide, preview=f"第{version}版")


def _chosen(versions: Sequence[VersionView], wanted: int | None) -> VersionView:
    """The version asked for, else the one under way, else the one in force, else the newest."""
    if wanted is not None:
        found = next((version for version in versions if version.version == wanted), None)
        if found is None:
            raise NotFoundError("item.version_unknown", code=versions[0].code, version=wanted)
        return found
    in_force = (version for version in versions if version.status is VersionStatus.IN_FORCE)
    return next((version for version in versions if is_open(version)), None) or next(in_force, versions[0])
