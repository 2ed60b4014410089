"""The platform's own part: events, health, numbers, the calendar, the audit trail, answers for repeated requests."""

from __future__ import annotations

from aiohttp import web

from backend.client.events import EventsClient
from backend.platform import api, audit, events, idempotency, numbering, working_days
from backend.platform.calendar_events import CALENDAR_CHANGED
from backend.platform.calendar_watch import CALENDAR_WATCH, CalendarWatch
from backend.platform.features import Feature, House
from backend.platform.permissions import ALL_STAFF, ANYONE, CONNECTORS, OPERATIONS
from backend.platform.personal_records import citizens, nobodys
from backend.platform.request_records import RequestRecords


def build(house: House) -> None:
    """Erase stored answers; keep to the calendar."""
    house.records.append(RequestRecords())
    house.expiries["requests"] = idempotency.erase_old
    house[CALENDAR_WATCH] = CalendarWatch(house.database, house.calendar, house.events, house.recomputations)


async def keep_to_the_calendar(app: web.Application) -> None:
    """Follow the centre's changes of it."""
    await app[CALENDAR_WATCH].run()


FEATURE = Feature(
    package="backend.platform",
    title="平台",
    build=build,
    routes=(api.routes,),
    permissions={
        "public": frozenset({ANYONE}),
        "events:read": frozenset({CONNECTORS, OPERATIONS}) | ALL_STAFF,
        "metrics:read": frozenset({OPERATIONS}),
    },
    tables=(
        nobodys(audit.AuditRow, because="只有编号、种类、状态；用途由工作人员写，号码写不进去，任何人都不能改删"),
        nobodys(events.EventRow, because="事件里没有个人信息"),
        nobodys(numbering.Counter),
        nobodys(working_days.CalendarDay, because="放假和上班的日子"),
        nobodys(working_days.CalendarYear),
        nobodys(working_days.CalendarEdition),
        citizens(idempotency.IdempotencyKey),
    ),
    background=(keep_to_the_calendar,),
    client=EventsClient,
    events=(CALENDAR_CHANGED,),
)
