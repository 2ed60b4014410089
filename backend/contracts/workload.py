"""JSON shapes of who has how much to do, and of what is late."""

from __future__ import annotations

from datetime import date, datetime

from backend.contracts.wire import Wire


class WorkloadCount(Wire):
    """Cases of one person or one unit."""

    id: str
    """Of the member of staff, or the unit's code; empty: cases without an owner."""
    name: str
    open: int
    due_today: int
    overdue: int
    finished_this_week: int
    asked_again: int = 0
    """Supplements asked for once more in the last 30 days (一次性告知); of a person: by them."""


class OverdueCase(Wire):
    """A case whose due date has passed. Nobody's name but the owner's."""

    number: str
    """Grouped for reading."""
    item_name: str
    unit_name: str
    owner: str
    due_on: date
    days: int
    """Calendar days since the due date."""


class RepeatedSupplement(Wire):
    """A supplement that was asked for once more. Nobody's name but that of whoever asked."""

    number: str
    """Grouped for reading."""
    item_name: str
    unit_name: str
    by: str
    at: datetime
    materials: tuple[str, ...]
    told_before: tuple[str, ...]
    """Those of them that the notice or an earlier request named already."""
    why: str


class Workload(Wire):
    """Of the units that whoever asks oversees; the most loaded first."""

    total: WorkloadCount
    staff: tuple[WorkloadCount, ...]
    units: tuple[WorkloadCount, ...]
    overdue: tuple[OverdueCase, ...]
    """The latest first, 200 at most; ``total.overdue`` counts all."""
    asked_again: tuple[RepeatedSupplement, ...] = ()
    """Of the last 30 days, newest first, 200 at most; ``total.asked_again`` counts all."""
