"""HTTP of the machine's state."""

from __future__ import annotations

from backend.contracts.status import SystemStatus
from backend.hall.status.service import STATUS
from backend.platform.api import EVENTS
from backend.platform.http import Call, Routes

routes = Routes("status")


@routes.get("/status", permission="status:read", returns=SystemStatus, summary="系统状态")
async def status(call: Call) -> SystemStatus:
    """Processes, model, disk and versions, as they are now."""
    return await read_status(call)


async def read_status(call: Call) -> SystemStatus:
    """The state now, for the API and the page."""
    last = await call.service(EVENTS).last_id(call.session)
    return await call.service(STATUS).read(call.request.app, call.session, last)
