"""The centre's calendar: departures from the State Council's holiday notice."""

from __future__ import annotations

from backend.client.calendar import CalendarClient
from backend.hall.calendar import api, pages
from backend.hall.calendar.service import CALENDAR, CalendarService
from backend.platform.features import Feature, House, NavigationEntry
from backend.platform.permissions import ANYONE, Role, role


def build(house: House) -> None:
    """Keep the centre's own days."""
    house[CALENDAR] = CalendarService(house.calendar, house.clock, house.events)


FEATURE = Feature(
    package=__package__,
    title="工作日历",
    build=build,
    routes=(api.routes, pages.routes),
    permissions={"calendar:read": frozenset({ANYONE}), "calendar:edit": role(Role.HALL_MANAGER)},
    navigation=(NavigationEntry("工作日历", "/calendar", "calendar:edit", rank=400),),
    client=CalendarClient,
)
