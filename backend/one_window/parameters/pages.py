"""The editor's page of local figures."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.parameters import ValueStatus
from backend.one_window.parameters.content import areas, content, parameters
from backend.one_window.parameters.service import PARAMETERS
from backend.platform.http import Call, Routes
from backend.platform.staff_directory import STAFF_DIRECTORY
from backend.shell.rendering import staff_page

routes = Routes("pages")


@routes.page("/content/parameters", permission="parameters:review", summary="本地标准页")
async def page(call: Call) -> web.StreamResponse:
    """What waits for somebody first, then every figure with its values, and a form for a new one."""
    found = (await call.service(PARAMETERS).list_parameters(call.session)).parameters
    values = [value for one in found for value in one.values]
    people = {person for value in values for person in (value.written_by, value.decided_by) if person}
    return staff_page(
        call,
        "parameters/parameters.html",
        "本地标准",
        found=found,
        unknown=sum(not one.is_known for one in found),
        waiting=sum(value.status is ValueStatus.WAITING for value in values),
        ending=[(one, value) for one in found for value in one.values if value.ends_soon],
        names=await call.service(STAFF_DIRECTORY).names(call.session, people),
        statuses=content().wording.statuses,
        places={one.key: [(code, areas()[code].name) for code in one.areas] for one in parameters().values()},
        me=call.who.id,
        today=call.service(PARAMETERS).today(),
    )
