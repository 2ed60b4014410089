"""Working days of the centre.

Sources: the State Council's yearly holiday notice (chinesecalendar), overlaid by the centre's own table (《全国年节及纪念日
放假办法》第四条: local holidays; also a notice that the package does not know yet). Years without a notice count weekends, the
13 statutory days (第二条) and a day off for each that falls on a weekend (第六条), and are marked provisional (暂定): how days are
moved around to make longer holidays (第七条), only the notice says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

import chinese_calendar
from chinese_calendar import constants
from lunardate import LunarDate
from sqlalchemy import Date, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base

_SATURDAY = 5


class CalendarDay(Base):
    """A day on which the centre departs from the national calendar."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(100))


class CalendarYear(Base):
    """A year whose notice the centre has entered in full: its days are no longer provisional."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class CalendarEdition(Base):
    """One row: the digest of the calendar by which due dates were last computed."""

    __tablename__ = "calendar_editions"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))


class DaySource(StrEnum):
    """Who says whether a day is worked."""

    NOTICE = "notice"
    CENTRE = "centre"
    PROVISIONAL = "provisional"


@dataclass(slots=True)
class WorkingCalendar:
    """Tells working days. ``overrides``: the centre's own table, day -> working; ``entered``: years it entered in full."""

    overrides: Mapping[date, bool] = field(default_factory=dict)
    entered: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the centre works that day."""
        if day in self.overrides:
            return self.overrides[day]
        return self.published(day)

    @staticmethod
    def published(day: date) -> bool:
        """Whether that day is worked without the centre's own table."""
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < _SATURDAY and day not in lawful_days_off(day.year)

    def source(self, day: date) -> DaySource:
        """Who says whether that day is worked."""
        if day in self.overrides:
            return DaySource.CENTRE
        if day.year in notice_years():
            return DaySource.NOTICE
        return DaySource.CENTRE if day.year in self.entered else DaySource.PROVISIONAL

    def is_provisional(self, day: date) -> bool:
        """Whether that day's year has no holiday notice yet, neither published to us nor entered by the centre."""
        return self.source(day) is DaySource.PROVISIONAL

    def next_working_day(self, day: date) -> date:
        """The day itself if worked, else the next one (《民法典》第二百零三条)."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    def last_of(self, after: date, count: int) -> date:
        """The last of so many working days after a day."""
        day = after
        for _ in range(count):
            day = self.next_working_day(day + timedelta(days=1))
        return day

    async def load(self, session: AsyncSession) -> None:
        """Read the centre's own table."""
        self.use(await read_table(session))

    def use(self, table: CentreTable) -> None:
        """Go by this table from now on."""
        self.overrides, self.entered = table

    @property
    def digest(self) -> str:
        """Differs whenever a day may count otherwise: another table of the centre, or a package that knows more."""
        known = {"holidays": constants.holidays, "workdays": constants.workdays}
        told = {
            **{name: sorted(day.isoformat() for day in days) for name, days in known.items()},
            "overrides": sorted((day.isoformat(), working) for day, working in self.overrides.items()),
            "entered": sorted(self.entered),
        }
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


CentreTable = tuple[Mapping[date, bool], frozenset[int]]
"""The centre's own days, and the years it entered in full."""


async def read_table(session: AsyncSession) -> CentreTable:
    """The centre's own table as this transaction sees it."""
    days = {row.day: row.working for row in await session.scalars(select(CalendarDay))}
    return days, frozenset(await session.scalars(select(CalendarYear.year)))


@lru_cache(maxsize=1)
def notice_years() -> frozenset[int]:
    """Years whose State Council notice the installed package knows."""
    return frozenset(range(min(constants.holidays).year, max(constants.holidays).year + 1))


@lru_cache(maxsize=64)
def statutory_holidays(year: int) -> frozenset[date]:
    """The 13 holidays of 《全国年节及纪念日放假办法》第二条 (2024 revision)."""
    spring_festival = LunarDate(year, 1, 1).to_solar_date()
    labour_day, national_day = date(year, 5, 1), date(year, 10, 1)
    return frozenset(
        {
            date(year, 1, 1),
            *(spring_festival + timedelta(days=offset) for offset in (-1, 0, 1, 2)),
            _tomb_sweeping_day(year),
            *(labour_day + timedelta(days=offset) for offset in (0, 1)),
            LunarDate(year, 5, 5).to_solar_date(),
            LunarDate(year, 8, 15).to_solar_date(),
            *(national_day + timedelta(days=offset) for offset in (0, 1, 2)),
        }
    )


@lru_cache(maxsize=64)
def lawful_days_off(year: int) -> frozenset[date]:
    """The statutory holidays, and for each on a weekend the next day that would be worked (第六条: 补假)."""
    off = set(statutory_holidays(year))
    for holiday in sorted(off):
        if holiday.weekday() < _SATURDAY:
            continue
        instead = holiday
        while instead.weekday() >= _SATURDAY or instead in off:
            instead += timedelta(days=1)
        off.add(instead)
    return frozenset(off)


def _tomb_sweeping_day(year: int) -> date:
    """Qingming: the century formula of the solar term, right for 2000 to 2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)
