"""Events of looking after accounts."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind, NoData
from backend.contracts.wire import Wire

DECIDERS = "personnel:decide"
"""The permission of those who are told."""


class OfChange(Wire):
    """What is to be done."""

    change: str


class OfClosed(OfChange):
    """What can no longer be done, and why: the name of a problem."""

    reason: str


ACCOUNT_CHANGED = EventKind("staff.account_changed", NoData, DECIDERS)
ACCOUNT_CLOSED = EventKind("staff.account_closed", NoData, DECIDERS)
ACCOUNT_REOPENED = EventKind("staff.account_reopened", NoData, DECIDERS)
CHANGE_PROPOSED = EventKind("staff.change_proposed", OfChange, DECIDERS)
CHANGE_APPROVED = EventKind("staff.change_approved", OfChange, DECIDERS)
CHANGE_REFUSED = EventKind("staff.change_refused", OfChange, DECIDERS)
CHANGE_OVERTAKEN = EventKind("staff.change_overtaken", OfClosed, DECIDERS)
EVENTS = (
    ACCOUNT_CHANGED,
    ACCOUNT_CLOSED,
    ACCOUNT_REOPENED,
    CHANGE_PROPOSED,
    CHANGE_APPROVED,
    CHANGE_REFUSED,
    CHANGE_OVERTAKEN,
)
