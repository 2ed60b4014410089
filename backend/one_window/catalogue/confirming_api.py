"""HTTP of what the centre confirms and decides."""

from __future__ import annotations

from backend.contracts.catalogue import CentreChange, CentreInfo, DecisionRecord, NewDecision, ToConfirm
from backend.one_window.catalogue.confirming import CONFIRMING
from backend.platform.http import Call, Routes

routes = Routes("catalogue")


@routes.patch(
    "/catalogue/centre",
    permission="catalogue:centre",
    body=CentreChange,
    returns=CentreInfo,
    summary="填中心的地址电话",
)
async def change_centre(call: Call) -> CentreInfo:
    """Fill in what the centre has confirmed of itself."""
    return await call.service(CONFIRMING).change_centre(call.session, call.body, call.who)


@routes.get("/catalogue/to-confirm", permission="catalogue:review", returns=ToConfirm, summary="待确认或取消的清单")
async def to_confirm(call: Call) -> ToConfirm:
    """Empty local fields and required materials without citation."""
    return await call.service(CONFIRMING).to_confirm(call.session)


@routes.post(
    "/catalogue/items/{code}/materials/{material}/decisions",
    permission="catalogue:decide",
    body=NewDecision,
    returns=DecisionRecord,
    status=201,
    summary="记录保留或取消",
)
async def decide(call: Call) -> DecisionRecord:
    """Record what was decided about a material."""
    return await call.service(CONFIRMING).decide(
        call.session, call.path("code"), call.path("material"), call.body, call.who
    )
