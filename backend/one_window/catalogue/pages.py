"""Public pages of the catalogue: the list, a guide, its form."""

from __future__ import annotations

from dataclasses import dataclass

import segno
from aiohttp import web
from markupsafe import Markup

from backend.contracts.catalogue import Guide, ItemList, ItemQuery, ItemSummary
from backend.contracts.catalogue_content import FieldKind
from backend.language.identifiers import LENGTHS, IdentifierKind, wrong_length
from backend.one_window.catalogue.guide_panels import guide_panels
from backend.one_window.catalogue.guide_view import ask_address, view
from backend.one_window.catalogue.service import CATALOGUE, CatalogueService
from backend.one_window.parameters.service import PARAMETERS
from backend.platform.clock import local
from backend.platform.http import CLOCK, Call, Routes
from backend.platform.public_address import public_address
from backend.shell.rendering import PAGES

routes = Routes("pages")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the list is limited to, for its heading."""

    title: str
    lead: str


@routes.page("/items", permission="catalogue:read", query=ItemQuery, summary="办事指南清单")
async def items(call: Call) -> web.Response:
    """All items by unit, topic, life event, audience, and search; works without scripts."""
    catalogue = call.service(CATALOGUE)
    query: ItemQuery = call.query.model_copy(update={"near": True})
    found = await catalogue.list_items(call.session, query)
    everything = await catalogue.list_items(call.session, ItemQuery())
    used = {item.topic for item in everything.items}
    chosen = _chosen(catalogue, query)
    return call.service(PAGES).render(
        "catalogue/items.html",
        chosen.title if chosen else "办事指南",
        "citizen",
        query=query,
        found=found,
        chosen=chosen,
        by_unit=_by_unit(catalogue, found),
        most_asked=_most_asked(catalogue, everything),
        events=[(one.id, one.name) for one in catalogue.life_events],
        audiences=[(one.id, one.name) for one in catalogue.audiences],
        topics=[(one.id, one.name) for one in catalogue.topics if one.id in used],
        units=[(one.code, one.name) for one in catalogue.units],
        ask=ask_address(query.q or "我要办什么"),
    )


@routes.page("/items/{code}", permission="catalogue:read", summary="办事指南页")
async def guide(call: Call) -> web.Response:
    """Everything the hall publishes for one item; prints on A4."""
    found = await call.service(CATALOGUE).guide(call.session, call.path("code"))
    return await guide_page(call, found)


async def guide_page(call: Call, found: Guide, preview: str | None = None) -> web.Response:
    """The page of a guide; ``preview`` says of what, where it is not published."""
    catalogue = call.service(CATALOGUE)
    address = public_address(call.request, f"/items/{found.item.code}")
    drawing = segno.make(address, error="m").svg_inline(border=1, omitsize=True)
    return call.service(PAGES).render(
        "catalogue/guide.html",
        found.item.name,
        "citizen",
        view=view(catalogue, found, await catalogue.plain_names(call.session)),
        centre=await catalogue.centre(call.session),
        qr=Markup(drawing),  # noqa: S704  # drawn by segno from our own address and a code that exists
        printed_at=local(call.request.app[CLOCK].now()),
        preview=preview,
        panels=guide_panels(call, found.item.code),
        local_figures=await call.service(PARAMETERS).texts_of(call.session, found.item.code),
    )


@routes.page("/items/{code}/form", permission="catalogue:read", summary="申请表页")
async def form(call: Call) -> web.Response:
    """The item's application form, to be filled in on the screen and printed; nothing typed leaves the browser."""
    return await _form_page(call, "catalogue/form.html")


@routes.page("/items/{code}/form/sample", permission="catalogue:read", summary="申请表的样表页")
async def form_sample(call: Call) -> web.Response:
    """The same form filled in with its sample, to be looked at, printed or kept as PDF."""
    return await _form_page(call, "catalogue/form_sample.html")


async def _form_page(call: Call, template: str) -> web.Response:
    catalogue = call.service(CATALOGUE)
    found = await catalogue.guide(call.session, call.path("code"))
    form = catalogue.form_of(found.item)
    return call.service(PAGES).render(
        template,
        form.title,
        "citizen",
        guide=found,
        form=form,
        when={field.id: catalogue.when_text(field.when) for field in form.fields},
        lengths=_lengths(),
        centre=await catalogue.centre(call.session),
    )


def _lengths() -> dict[str, tuple[int, int, str]]:
    """Of the fields for numbers: the fewest and the most signs, and what is said of any other length."""
    kinds: dict[FieldKind, IdentifierKind] = {
        FieldKind.ID_NUMBER: "id",
        FieldKind.PHONE: "phone",
        FieldKind.BANK_CARD: "bank",
        FieldKind.CREDIT_CODE: "credit",
    }
    return {field: (LENGTHS[kind].start, LENGTHS[kind].stop - 1, wrong_length(kind)) for field, kind in kinds.items()}


def _chosen(catalogue: CatalogueService, query: ItemQuery) -> Chosen | None:
    if query.event:
        occasion = next(one for one in catalogue.life_events if one.id == query.event)
        return Chosen(occasion.name, occasion.lead)
    if query.audience:
        occasion = next(one for one in catalogue.audiences if one.id == query.audience)
        return Chosen(occasion.name, occasion.lead)
    if query.unit:
        return Chosen(next((one.name for one in catalogue.units if one.code == query.unit), query.unit), "")
    if query.topic:
        return Chosen(next((one.name for one in catalogue.topics if one.id == query.topic), query.topic), "")
    return None


def _most_asked(catalogue: CatalogueService, everything: ItemList) -> list[ItemSummary]:
    published = {item.code: item for item in everything.items}
    return [published[code] for code in catalogue.most_asked if code in published]


def _by_unit(catalogue: CatalogueService, found: ItemList) -> list[tuple[str, list[ItemSummary]]]:
    groups = [(unit.name, [item for item in found.items if item.unit == unit.code]) for unit in catalogue.units]
    return [(name, items) for name, items in groups if items]
