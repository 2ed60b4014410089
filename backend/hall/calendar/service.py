"""The centre's own table of days, kept by the hall manager."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.calendar import (
    DayView,
    Departure,
    NewDeparture,
    OpenDay,
    PastedOutcome,
    YearView,
)
from backend.hall.calendar.lines import read_lines
from backend.hall.calendar.wording import words
from backend.platform.calendar_events import CALENDAR_CHANGED, CalendarChange
from backend.platform.clock import Clock, local_date
from backend.platform.database import after_commit, one_at_a_time
from backend.platform.errors import ConflictError, DaobanError, InvalidError, NotFoundError
from backend.platform.events import Events
from backend.platform.identity import Principal
from backend.platform.working_days import CalendarDay, CalendarYear, WorkingCalendar, notice_years, read_table

CHANGEABLE = timedelta(days=30)
"""How far back a day may still be changed: a day forgotten last month, not one that cases were decided by."""
YEARS_AHEAD = 3
FIRST_YEAR = min(notice_years())


class CalendarService:
    """Departures from the published calendar. Every backend follows the event of a change."""

    def __init__(self, calendar: WorkingCalendar, clock: Clock, events: Events) -> None:
        self._calendar = calendar
        self._clock = clock
        self._events = events

    def today(self) -> date:
        """The calendar day in Lijiang."""
        return local_date(self._clock.now())

    async def year(self, session: AsyncSession, year: int) -> YearView:
        """A year, day by day. Raises NotFoundError."""
        if not FIRST_YEAR <= year <= self.today().year + YEARS_AHEAD:
            raise NotFoundError("calendar.year")
        overrides, entered = await read_table(session)
        calendar = WorkingCalendar(overrides, entered)
        first, after = date(year, 1, 1), date(year + 1, 1, 1)
        rows = list(
            await session.scalars(
                select(CalendarDay).where(CalendarDay.day >= first, CalendarDay.day < after).order_by(CalendarDay.day)
            )
        )
        reasons = {row.day: row.reason for row in rows}
        days = [first + timedelta(days=n) for n in range((after - first).days)]
        return YearView(
            year=year,
            days=tuple(
                DayView(
                    day=day,
                    working=calendar.is_working(day),
                    source=calendar.source(day).value,
                    reason=reasons.get(day, ""),
                )
                for day in days
            ),
            departures=tuple(self._departure(row) for row in rows),
            published=year in notice_years(),
            complete=year in notice_years() or year in entered,
        )

    async def open_day(self, session: AsyncSession, day: date) -> OpenDay:
        """Whether a day is worked. Raises NotFoundError for a year that is too far away."""
        if not FIRST_YEAR <= day.year <= self.today().year + YEARS_AHEAD:
            raise NotFoundError("calendar.year")
        calendar = WorkingCalendar(*await read_table(session))
        row = await session.get(CalendarDay, day)
        return OpenDay(
            day=day,
            working=calendar.is_working(day),
            provisional=calendar.is_provisional(day),
            reason="" if row is None else row.reason,
            next_working_day=calendar.next_working_day(day),
        )

    async def add(self, session: AsyncSession, new: NewDeparture, who: Principal) -> Departure:
        """Note a departure. Raises InvalidError and ConflictError with the field named."""
        await one_at_a_time(session, CALENDAR_CHANGED.name)
        row = await self._add(session, new)
        await self._changed(session, f"calendar:{new.day}", who, CalendarChange(day=new.day, working=new.working))
        return self._departure(row)

    async def remove(self, session: AsyncSession, day: date, who: Principal) -> Departure:
        """Take a departure back. Raises NotFoundError, InvalidError (``day``)."""
        await one_at_a_time(session, CALENDAR_CHANGED.name)
        row = await session.get(CalendarDay, day)
        if row is None:
            raise NotFoundError("calendar.unknown")
        self._require_changeable(day)
        await session.delete(row)
        await self._changed(session, f"calendar:{day}", who, CalendarChange(day=day, removed=True))
        return self._departure(row)

    async def paste(self, session: AsyncSession, text: str, who: Principal) -> PastedOutcome:
        """Add the days of pasted lines: all of them, or none and a sentence about the first wrong line (``text``).

        What is published so, or is noted so already, is passed over.
        """
        lines = read_lines(text)
        await one_at_a_time(session, CALENDAR_CHANGED.name)
        added = skipped = 0
        for line in lines:
            for new in line.days:
                try:
                    if await self._is_so(session, new):
                        skipped += 1
                    else:
                        await self._add(session, new)
                        added += 1
                except DaobanError as error:
                    raise InvalidError(
                        "calendar.line_refused", field="text", line=line.number, why=error.detail
                    ) from error
        if added:
            await self._changed(session, "calendar:pasted", who, CalendarChange(days=added))
        return PastedOutcome(added=added, skipped=skipped)

    async def set_complete(self, session: AsyncSession, year: int, *, complete: bool, who: Principal) -> YearView:
        """Say whether a year's notice is entered in full. Raises ConflictError for a year the package knows."""
        await one_at_a_time(session, CALENDAR_CHANGED.name)
        if year in notice_years():
            raise ConflictError("calendar.published", year=year)
        if not self.today().year <= year <= self.today().year + YEARS_AHEAD:
            raise NotFoundError("calendar.year")
        row = await session.get(CalendarYear, year)
        if complete and row is None:
            session.add(CalendarYear(year=year))
        elif not complete and row is not None:
            await session.delete(row)
        await self._changed(session, f"calendar:{year}", who, CalendarChange(year=year, complete=complete))
        return await self.year(session, year)

    async def _add(self, session: AsyncSession, new: NewDeparture) -> CalendarDay:
        self._require_changeable(new.day)
        if new.day.year > self.today().year + YEARS_AHEAD:
            raise InvalidError("calendar.far", field="day", year=self.today().year + YEARS_AHEAD)
        if not new.reason.strip():
            raise InvalidError("calendar.reason", field="reason")
        said = words()
        kept = await session.get(CalendarDay, new.day)
        if kept is not None:
            raise ConflictError(
                "calendar.duplicate",
                field="day",
                day=said.day_text(new.day),
                now=said.now[kept.working],
                reason=kept.reason,
            )
        if _published_so(new):
            raise InvalidError(
                "calendar.no_departure", field="working", day=said.day_text(new.day), now=said.now[new.working]
            )
        row = CalendarDay(day=new.day, working=new.working, reason=new.reason.strip())
        session.add(row)
        await session.flush()
        return row

    async def _is_so(self, session: AsyncSession, new: NewDeparture) -> bool:
        kept = await session.get(CalendarDay, new.day)
        return _published_so(new) if kept is None else kept.working is new.working

    async def _changed(self, session: AsyncSession, subject: str, who: Principal, change: CalendarChange) -> None:
        await session.flush()
        after_commit(session, partial(self._calendar.use, await read_table(session)))
        self._events.publish(session, CALENDAR_CHANGED, subject, who, change)

    def _require_changeable(self, day: date) -> None:
        if day < self.today() - CHANGEABLE:
            raise InvalidError("calendar.past", field="day")

    def _departure(self, row: CalendarDay) -> Departure:
        return Departure(
            day=row.day, working=row.working, reason=row.reason, removable=row.day >= self.today() - CHANGEABLE
        )


def _published_so(new: NewDeparture) -> bool:
    """Whether the State Council's notice says the same; in a year without a notice every day may be noted."""
    return new.day.year in notice_years() and WorkingCalendar.published(new.day) is new.working


CALENDAR = web.AppKey("calendar", CalendarService)
