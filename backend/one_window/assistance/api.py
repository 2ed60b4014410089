"""HTTP of assistance requests."""

from __future__ import annotations

from backend.contracts.assistance import AssistanceList, AssistanceNote
from backend.one_window.assistance.service import ASSISTANCE
from backend.platform.errors import NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("assistance")


@routes.get("/assistance", permission="assistance:take", returns=AssistanceList, summary="求助清单")
async def listed(call: Call) -> AssistanceList:
    """What waits, what is taken, what was finished today."""
    return await call.service(ASSISTANCE).listed(call.session, call.who)


@routes.post("/assistance/{id}/take", permission="assistance:take", returns=AssistanceList, summary="我来接")
async def take(call: Call) -> AssistanceList:
    """Take a request; the list afterwards."""
    await call.service(ASSISTANCE).take(call.session, _number(call), call.who)
    return await call.service(ASSISTANCE).listed(call.session, call.who)


@routes.post(
    "/assistance/{id}/finish",
    permission="assistance:take",
    body=AssistanceNote,
    returns=AssistanceList,
    summary="求助办完了，写结果",
)
async def finish(call: Call) -> AssistanceList:
    """Finish a request with a note; the list afterwards."""
    await call.service(ASSISTANCE).finish(call.session, _number(call), call.body, call.who)
    return await call.service(ASSISTANCE).listed(call.session, call.who)


def _number(call: Call) -> int:
    text = call.path("id")
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise NotFoundError("assistance.unknown")
    return int(text)
