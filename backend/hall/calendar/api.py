"""HTTP of the centre's calendar."""

from __future__ import annotations

from datetime import date

from backend.contracts.calendar import Departure, NewDeparture, OpenDay, PastedDays, PastedOutcome, YearDone, YearView
from backend.hall.calendar.service import CALENDAR
from backend.platform.errors import NotFoundError
from backend.platform.http import Call, Routes

routes = Routes("calendar")


@routes.get("/calendar/years/{year}", permission="calendar:edit", returns=YearView, summary="一年的工作日历")
async def year(call: Call) -> YearView:
    """A year, day by day."""
    return await call.service(CALENDAR).year(call.session, year_of(call.path("year")))


@routes.post(
    "/calendar/years/{year}",
    permission="calendar:edit",
    body=YearDone,
    returns=YearView,
    summary="标明一年的安排录全了",
)
async def set_complete(call: Call) -> YearView:
    """Say whether a year's notice is entered in full."""
    asked = year_of(call.path("year"))
    return await call.service(CALENDAR).set_complete(call.session, asked, complete=call.body.complete, who=call.who)


@routes.post(
    "/calendar/days", permission="calendar:edit", body=NewDeparture, returns=Departure, status=201, summary="记一天"
)
async def add_day(call: Call) -> Departure:
    """Note a day that departs from the published calendar."""
    return await call.service(CALENDAR).add(call.session, call.body, call.who)


@routes.get("/calendar/days/{day}", permission="calendar:read", returns=OpenDay, summary="哪一天上不上班")
async def open_day(call: Call) -> OpenDay:
    """Tell whether the centre works on a day."""
    return await call.service(CALENDAR).open_day(call.session, _day_of(call.path("day")))


@routes.delete("/calendar/days/{day}", permission="calendar:edit", returns=Departure, summary="去掉记的一天")
async def remove_day(call: Call) -> Departure:
    """Take a departure back."""
    return await call.service(CALENDAR).remove(call.session, _day_of(call.path("day")), call.who)


@routes.post(
    "/calendar/lines", permission="calendar:edit", body=PastedDays, returns=PastedOutcome, summary="一次记多天"
)
async def paste(call: Call) -> PastedOutcome:
    """Add the days of pasted lines, all or none."""
    return await call.service(CALENDAR).paste(call.session, call.body.text, call.who)


def year_of(text: str) -> int:
    """A year in an address. Raises NotFoundError."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise NotFoundError("calendar.year")
    return int(text)


def _day_of(text: str) -> date:
    """A day in an address. Raises NotFoundError."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFoundError("calendar.unknown") from error
