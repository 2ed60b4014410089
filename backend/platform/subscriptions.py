"""Kinds of events, and who of the staff hears of them: one readable table.

Our own processes hear of everything. A kind of cases is told only to those whose unit or whose own case it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from backend.platform.errors import InvalidError
from backend.platform.identity import Principal
from backend.platform.staff_directory import EVERY_UNIT

NOBODY_OF_STAFF = ""
KINDS: dict[str, str] = {
    "calendar.changed": "events:read",
    "case.drafted": NOBODY_OF_STAFF,
    **{
        f"case.{step}": "cases:queue"
        for step in (
            *("submit", "accept", "refuse", "request_supplement", "receive_supplement"),
            *("approve", "reject", "deliver", "withdraw", "asked_twice", "due_date_changed"),
        )
    },
    "centre.changed": "events:read",
    "conversation.forgotten": NOBODY_OF_STAFF,
    "conversation.handover_wanted": NOBODY_OF_STAFF,
    "conversation.message": NOBODY_OF_STAFF,
    "conversation.opened": NOBODY_OF_STAFF,
    "conversation.verified": NOBODY_OF_STAFF,
    **{
        f"item.{done}": "catalogue:review"
        for done in ("draft_begun", "draft_saved", "submitted", "returned", "withdrawn", "discarded", "upgrade_waits")
    },
    "item.published": "events:read",
    "material.decided": "catalogue:review",
    "notice.issued": NOBODY_OF_STAFF,
    **{
        f"staff.{done}": "audit:read"
        for done in (
            *("added", "signed_in", "sign_in_failed", "password_changed"),
            *("second_step_on", "second_step_off", "reset"),
        )
    },
    "switch.off": "events:read",
    "switch.on": "events:read",
    **{
        f"understanding.{done}": "understanding:teach"
        for done in ("taught", "forgotten", "report_uploaded", "report_removed", "question_decided")
    },
    "verification.code_sent": NOBODY_OF_STAFF,
    "verification.code_not_sent": NOBODY_OF_STAFF,
    "verification.wrong_code": NOBODY_OF_STAFF,
}
"""Kind -> the permission a member of staff needs to hear of it."""
OF_A_UNIT = "case."
"""Beginning of kinds whose ``data`` names a unit and an owner."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """What somebody is told: these kinds, and of cases those of these units or of this owner."""

    kinds: frozenset[str]
    units: frozenset[str] | None = None
    """None: whatever the unit."""
    owner: str = ""


def subscription(who: Principal, asked: str = "") -> Subscription:
    """What whoever asks is told of. ``asked``: kinds with commas between, ``case.*`` for all of cases; empty for all.

    Staff are told what their permissions allow, whatever they ask. Raises InvalidError (``kinds``).
    """
    kinds = frozenset(KINDS) if not asked else frozenset(_named(part.strip() for part in asked.split(",")))
    if who.kind != "staff":
        return Subscription(kinds)
    allowed = frozenset(kind for kind in kinds if KINDS[kind] and who.may(KINDS[kind]))
    return Subscription(allowed, None if EVERY_UNIT in who.units else who.units, who.id)


def _named(asked: Iterable[str]) -> Iterable[str]:
    for name in asked:
        found = [kind for kind in KINDS if kind == name or (name.endswith(".*") and kind.startswith(name[:-1]))]
        if not found:
            raise InvalidError("event.kind_unknown", field="kinds", kind=name)
        yield from found
