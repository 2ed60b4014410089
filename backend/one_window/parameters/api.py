"""HTTP of the parameters."""

from __future__ import annotations

from backend.contracts.parameters import NewParameterValue, ParameterList, ParameterValueView, ValueDecision
from backend.one_window.parameters.service import PARAMETERS
from backend.platform.errors import NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("parameters")


@routes.get("/parameters", permission="parameters:review", returns=ParameterList, summary="本地标准清单")
async def list_parameters(call: Call) -> ParameterList:
    """Every local figure with all its values."""
    return await call.service(PARAMETERS).list_parameters(call.session)


@routes.post(
    "/parameters/values",
    permission="parameters:edit",
    body=NewParameterValue,
    returns=ParameterValueView,
    status=201,
    summary="写一条本地标准",
)
async def write(call: Call) -> ParameterValueView:
    """Write a value; another person confirms it."""
    return await call.service(PARAMETERS).write(call.session, call.body, call.who)


@routes.post(
    "/parameters/values/{id}/decisions",
    permission="parameters:confirm",
    body=ValueDecision,
    returns=ParameterValueView,
    summary="确认、不通过或撤回一条本地标准",
)
async def decide(call: Call) -> ParameterValueView:
    """Confirm, refuse or withdraw a value."""
    return await call.service(PARAMETERS).decide(call.session, _number(call.path("id")), call.body, call.who)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise NotFoundError("parameter.value_unknown")
    return int(text)
