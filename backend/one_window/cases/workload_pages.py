"""What leads and managers see first: who has how much to do, and what is late."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.workload import Workload
from backend.one_window.cases.covers import arranges_for_others
from backend.one_window.cases.rules import rules
from backend.one_window.cases.workload import MAX_LISTED, WORKLOAD
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("workload")


@routes.get("/workload", permission="cases:oversee", returns=Workload, summary="办件情况")
async def workload(call: Call) -> Workload:
    """Open, due today, overdue and finished this week, per person and unit; the overdue cases."""
    return await call.service(WORKLOAD).read(call.session, call.who)


@routes.page("/hall/workload", permission="cases:oversee", summary="办件情况页")
async def workload_page(call: Call) -> web.Response:
    """The same for people."""
    found = await call.service(WORKLOAD).read(call.session, call.who)
    return staff_page(
        call,
        "cases/workload.html",
        "办件情况",
        found=found,
        most=MAX_LISTED,
        cover_days=rules().cover_longest_days,
        arranges=arranges_for_others(call.who),
    )
