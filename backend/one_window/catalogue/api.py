"""HTTP of the catalogue."""

from __future__ import annotations

from backend.contracts.catalogue import (
    CentreInfo,
    Guide,
    ItemList,
    ItemQuery,
    PolicyAnswerView,
)
from backend.one_window.catalogue.service import CATALOGUE
from backend.platform.http import Call, Routes

routes = Routes("catalogue")


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
