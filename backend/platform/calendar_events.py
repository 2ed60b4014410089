"""The event of a change of the centre's calendar."""

from __future__ import annotations

from datetime import date

from backend.contracts.event_kinds import EVERYBODY, EventKind
from backend.contracts.wire import Wire


class CalendarChange(Wire):
    """A day noted or taken back, a number of days pasted, or a year declared complete."""

    day: date | None = None
    working: bool | None = None
    removed: bool = False
    days: int | None = None
    year: int | None = None
    complete: bool | None = None


CALENDAR_CHANGED = EventKind("calendar.changed", CalendarChange, EVERYBODY)
