"""Events of notices."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind
from backend.contracts.wire import Wire


class Issued(Wire):
    """For which item."""

    item: str


NOTICE_ISSUED = EventKind("notice.issued", Issued)
