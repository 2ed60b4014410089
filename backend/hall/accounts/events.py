"""Events of accounts."""

from __future__ import annotations

from backend.contracts.event_kinds import EventKind, NoData
from backend.contracts.wire import Wire

AUDITORS = "audit:read"
"""The permission of those who are told."""


class Added(Wire):
    """With which roles."""

    roles: tuple[str, ...]


STAFF_ADDED = EventKind("staff.added", Added, AUDITORS)
SIGNED_IN = EventKind("staff.signed_in", NoData, AUDITORS)
SIGNED_OUT = EventKind("staff.signed_out", NoData, AUDITORS)
SIGN_IN_FAILED = EventKind("staff.sign_in_failed", NoData, AUDITORS)
PASSWORD_REJECTED = EventKind("staff.password_rejected", NoData, AUDITORS)
"""The password was asked for once more, and was wrong."""
PASSWORD_CHANGED = EventKind("staff.password_changed", NoData, AUDITORS)
SECOND_STEP_ENABLED = EventKind("staff.second_step_enabled", NoData, AUDITORS)
SECOND_STEP_DISABLED = EventKind("staff.second_step_disabled", NoData, AUDITORS)
ACCOUNT_RESET = EventKind("staff.account_reset", NoData, AUDITORS)
STAFF_UNLOCKED = EventKind("staff.unlocked", NoData, AUDITORS)
EVENTS = (
    STAFF_ADDED,
    SIGNED_IN,
    SIGNED_OUT,
    SIGN_IN_FAILED,
    PASSWORD_REJECTED,
    PASSWORD_CHANGED,
    SECOND_STEP_ENABLED,
    SECOND_STEP_DISABLED,
    ACCOUNT_RESET,
    STAFF_UNLOCKED,
)
