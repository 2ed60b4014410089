"""The deadlines of a case: pure computing over days.

Rules: the day it starts is not counted (《民法典》第二百零一条); a last day on a holiday moves to the next working day
(第二百零三条); days while the applicant supplements are not counted; working days, calendar days and months never mix.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from backend.contracts.catalogue_content import TimeLimit, TimeUnit
from backend.language.months import add_months
from backend.platform.working_days import WorkingCalendar

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Days after ``begins`` up to and including ``ends`` are not counted; an open pause has no end yet."""

    begins: date
    ends: date | None

    def covers(self, day: date) -> bool:
        """Whether that day is not counted."""
        return self.begins < day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a time limit stands on a day."""

    due_on: date | None
    """None while paused."""
    days_used: int
    """In the limit's unit; for months, calendar days."""
    days_left: int | None
    paused_since: date | None
    provisional: bool

    def overdue(self, day: date) -> bool:
        """Whether the limit has passed on that day."""
        return self.due_on is not None and day > self.due_on


def read_deadline(
    limit: TimeLimit, started_on: date, pauses: Sequence[Pause], today: date, calendar: WorkingCalendar
) -> Reading:
    """How a limit stands today."""
    open_pause = next((pause for pause in pauses if pause.ends is None), None)
    used = _count(limit.unit, started_on, open_pause.begins if open_pause else today, pauses, calendar)
    left = None if limit.unit is TimeUnit.MONTHS else max(limit.value - used, 0)
    if open_pause is not None:
        return Reading(None, used, left, open_pause.begins, provisional=False)
    due_on = _due(limit, started_on, pauses, calendar)
    return Reading(due_on, used, left, None, calendar.is_provisional(due_on))


def _due(limit: TimeLimit, started_on: date, pauses: Sequence[Pause], calendar: WorkingCalendar) -> date:
    if limit.unit is TimeUnit.MONTHS:
        paused = sum((pause.ends - pause.begins).days for pause in pauses if pause.ends is not None)
        return calendar.next_working_day(add_months(started_on, limit.value) + timedelta(days=paused))
    day, counted = started_on, 0
    while counted < limit.value:
        day += _ONE_DAY
        counted += _counts(limit.unit, day, pauses, calendar)
    return calendar.next_working_day(day)


def _count(unit: TimeUnit, started_on: date, until: date, pauses: Sequence[Pause], calendar: WorkingCalendar) -> int:
    """Counted days after the start up to and including ``until``."""
    days = (started_on + timedelta(days=n) for n in range(1, (until - started_on).days + 1))
    return sum(_counts(unit, day, pauses, calendar) for day in days)


def _counts(unit: TimeUnit, day: date, pauses: Sequence[Pause], calendar: WorkingCalendar) -> bool:
    if any(pause.covers(day) for pause in pauses):
        return False
    return unit is not TimeUnit.WORKING_DAYS or calendar.is_working(day)
