"""Working days of the centre.

Sources: the State Council's yearly holiday notice (chinesecalendar), overlaid by the centre's own table (《全国年节及纪念日
放假办法》第四条: local holidays). Years without a notice count weekends and the 13 statutory days (第二条) and are marked
provisional (暂定).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar
from lunardate import LunarDate
from sqlalchemy import Date, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from backend.platform.database import Base


class CalendarDay(Base):
    """A day on which the centre departs from the national calendar."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    working: Mapped[bool]
    reason: Mapped[str] = mapped_column(String(100))


@dataclass(slots=True)
class WorkingCalendar:
    """Tells working days. ``overrides``: the centre's own table, day -> working."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether the centre works that day."""
        if day in self.overrides:
            return self.overrides[day]
        try:
            return bool(chinese_calendar.is_workday(day))
        except NotImplementedError:
            return day.weekday() < 5 and day not in statutory_holidays(day.year)

    def is_provisional(self, day: date) -> bool:
        """Whether that day's year has no published holiday notice yet."""
        if day in self.overrides:
            return False
        try:
            chinese_calendar.is_workday(day)
        except NotImplementedError:
            return True
        return False

    def next_working_day(self, day: date) -> date:
        """The day itself if worked, else the next one (《民法典》第二百零三条)."""
        while not self.is_working(day):
            day += timedelta(days=1)
        return day

    async def load(self, session: AsyncSession) -> None:
        """Read the centre's own table."""
        self.overrides = {row.day: row.working for row in await session.scalars(select(CalendarDay))}


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


def _tomb_sweeping_day(year: int) -> date:
    """Qingming: the century formula of the solar term, right for 2000 to 2099."""
    short = year % 100
    return date(year, 4, int(short * 0.2422 + 4.81) - short // 4)
