"""The page of the centre's calendar."""

from __future__ import annotations

from itertools import groupby

from aiohttp import web
from pydantic import Field

from backend.contracts.wire import Wire
from backend.hall.calendar.service import CALENDAR, FIRST_YEAR, YEARS_AHEAD
from backend.hall.calendar.wording import words
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")


class ShownYear(Wire):
    """Which year; this one unless asked."""

    year: int | None = Field(default=None, ge=1, le=9999)


@routes.page("/calendar", permission="calendar:edit", query=ShownYear, summary="工作日历页")
async def calendar(call: Call) -> web.Response:
    """A year month by month, what departs from the notice, and forms to change it."""
    service = call.service(CALENDAR)
    today = service.today()
    found = await service.year(call.session, call.query.year or today.year)
    months = [(month, list(days)) for month, days in groupby(found.days, key=lambda one: one.day.month)]
    return staff_page(
        call,
        "calendar/calendar.html",
        "工作日历",
        found=found,
        months=months,
        worked=sum(one.working for one in found.days),
        today=today,
        words=words(),
        years=range(max(FIRST_YEAR, today.year - 1), today.year + YEARS_AHEAD + 1),
    )
