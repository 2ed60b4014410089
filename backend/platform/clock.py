"""Time. Inside: aware UTC datetimes. At the edges: Asia/Shanghai."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The current instant, aware, UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The current instant, aware, UTC."""
        return datetime.now(UTC)


class SetClock:
    """A clock that stands where it is put: tests and replays move it themselves."""

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The instant it stands at."""
        return self._at

    def move(self, by: timedelta) -> None:
        """Move the clock on."""
        self._at += by


def local_date(at: datetime) -> date:
    """The calendar day in Lijiang of an instant."""
    return at.astimezone(SHANGHAI).date()


def local(at: datetime) -> datetime:
    """The instant in Lijiang's time."""
    return at.astimezone(SHANGHAI)
