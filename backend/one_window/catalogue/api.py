"""HTTP of the catalogue."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.catalogue import (
    CatalogueIndex,
    CentreInfo,
    Guide,
    ItemList,
    ItemQuery,
    PolicyAnswerView,
)
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.http import Call, Routes

routes = Routes("catalogue")


@routes.get("/catalogue/index", permission="catalogue:read", returns=CatalogueIndex, summary="事项索引")
async def index(call: Call) -> web.Response:
    """The item linker's index; 304 while the caller's version is current."""
    catalogue = call.service(CATALOGUE)
    version = (await catalogue.published(call.session)).version
    tag = f'"{version}"'
    if call.request.headers.get("If-None-Match") == tag:
        return web.Response(status=304, headers={"ETag": tag})
    found = await call.service(UNDERSTANDING).index(call.session)
    return web.Response(text=found.model_dump_json(), content_type="application/json", headers={"ETag": tag})


@routes.get(
    "/catalogue/items", permission="catalogue:read", query=ItemQuery, returns=ItemList, summary="事项清单和搜索"
)
async def list_items(call: Call) -> ItemList:
    """Items by unit, topic and everyday words."""
    return await call.service(CATALOGUE).list_items(call.session, call.query)


@routes.get("/catalogue/items/{code}", permission="catalogue:read", returns=Guide, summary="办事指南")
async def guide(call: Call) -> Guide:
    """The guide of one item."""
    return await call.service(CATALOGUE).guide(call.session, call.path("code"))


@routes.get("/catalogue/answers/{answer_id}", permission="catalogue:read", returns=PolicyAnswerView, summary="政策问答")
async def policy_answer(call: Call) -> PolicyAnswerView:
    """One policy answer with its basis and date."""
    return await call.service(CATALOGUE).policy_answer(call.session, call.path("answer_id"))


@routes.get("/catalogue/centre", permission="catalogue:read", returns=CentreInfo, summary="中心、单元和热线")
async def centre(call: Call) -> CentreInfo:
    """The hall, its units, the hotlines."""
    return await call.service(CATALOGUE).centre(call.session)
