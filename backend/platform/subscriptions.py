"""Which events somebody receives.

Our own processes hear of everything. Staff hear of the kinds their permissions allow, and of cases only those of their units
and their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from backend.contracts.event_kinds import EventKind
from backend.platform.errors import InvalidError
from backend.platform.identity import Principal
from backend.platform.staff_directory import EVERY_UNIT


@dataclass(frozen=True, slots=True)
class Subscription:
    """The events that somebody receives: these kinds, and of those about a unit's case those of these units or of this owner."""

    kinds: frozenset[str]
    units: frozenset[str] | None = None
    """None: whatever the unit."""
    owner: str = ""
    of_unit: frozenset[str] = frozenset()
    """Those of the kinds whose data names a unit and an owner."""


def subscription(declared: Iterable[EventKind[Any]], who: Principal, asked: str = "") -> Subscription:
    """What whoever asks is told of, of all kinds declared. ``asked``: kinds with commas between, ``case.*``; empty for all.

    Staff are told what their permissions allow, whatever they ask. Raises InvalidError (``kinds``).
    """
    known = {kind.name: kind for kind in declared}
    kinds = frozenset(known) if not asked else frozenset(_named(known, (part.strip() for part in asked.split(","))))
    if who.kind != "staff":
        return Subscription(kinds)
    allowed = frozenset(kind for kind in kinds if known[kind].told_to and who.may(known[kind].told_to))
    units = None if EVERY_UNIT in who.units else who.units
    return Subscription(allowed, units, who.id, frozenset(kind for kind in allowed if known[kind].of_unit))


def _named(known: Iterable[str], asked: Iterable[str]) -> Iterable[str]:
    kinds = list(known)
    for name in asked:
        found = [kind for kind in kinds if kind == name or (name.endswith(".*") and kind.startswith(name[:-1]))]
        if not found:
            raise InvalidError("event.kind_unknown", field="kinds", kind=name)
        yield from found
