"""JSON shapes of who has how much to do, and of what is late."""

from __future__ import annotations

from datetime import date

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


class Workload(Wire):
    """Of the units that whoever asks oversees; the most loaded first."""

    total: WorkloadCount
    staff: tuple[WorkloadCount, ...]
    units: tuple[WorkloadCount, ...]
    overdue: tuple[OverdueCase, ...]
    """The latest first, 200 at most; ``total.overdue`` counts all."""
