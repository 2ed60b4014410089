"""JSON shapes of the centre's calendar."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from backend.contracts.wire import Wire

MAX_REASON = 100


class NewDeparture(Wire):
    """A day that the centre works or is closed otherwise than published."""

    day: date
    working: bool
    reason: str = Field(default="", max_length=MAX_REASON)


class Departure(Wire):
    """The same as it is kept. ``removable``: it is not long past."""

    day: date
    working: bool
    reason: str
    removable: bool


class DayView(Wire):
    """A day: worked or not, and by whose word."""

    day: date
    working: bool
    source: Literal["notice", "centre", "provisional"]
    reason: str
    """Of the centre, where it departs."""


class OpenDay(Wire):
    """Whether the centre works on a day, as far as it is known, and the first day from it on that is worked."""

    day: date
    working: bool
    provisional: bool
    """That year's holiday notice is not known yet."""
    reason: str = ""
    """Of the centre, where it departs."""
    next_working_day: date
    """The day itself if worked."""


class YearView(Wire):
    """A year of the calendar."""

    year: int
    days: tuple[DayView, ...]
    departures: tuple[Departure, ...]
    published: bool
    """The State Council's notice is known."""
    complete: bool
    """Nothing in it is provisional: the notice is known, or the centre entered it in full."""


class YearDone(Wire):
    """Whether the year's notice is entered in full: its days are no longer provisional (暂定)."""

    complete: bool


class PastedDays(Wire):
    """Lines such as 「2027-02-05至2027-02-11 休 春节」."""

    text: str = Field(max_length=20_000)


class PastedOutcome(Wire):
    """How many days were added, and how many were so already."""

    added: int
    skipped: int
