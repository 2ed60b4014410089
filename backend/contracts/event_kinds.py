"""Kinds of events: a past-tense name, the shape of their data, and which staff receive them.

A feature declares the kinds of its own changes (``Feature.events``); our own processes may follow all of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from backend.contracts.wire import Wire

Payload = TypeVar("Payload", bound=Wire)
EVERYBODY = "events:read"
"""The permission that all staff hold: whoever works here is told."""


class NoData(Wire):
    """The subject says it all."""


class OfUnit(Wire):
    """Data of an event about a unit's case: staff receive only those of their units' cases and of their own."""

    unit: str
    owner: str | None
    former_owner: str | None = None
    """Whose it was before the change; left out where it stays whose it is."""
    deputy: str | None = None
    """Who stands in for the owner today."""


@dataclass(frozen=True, slots=True)
class EventKind(Generic[Payload]):
    """A kind of event. ``payload`` holds no personal data: ids, kinds, states, counts."""

    name: str
    """``case.accepted``: what it is about, and what happened to it."""
    payload: type[Payload]
    told_to: str = ""
    """The permission a member of staff needs to be told; empty: no member of staff is."""

    @property
    def of_unit(self) -> bool:
        """Whether only those receive it whose unit or whose own case it is."""
        return issubclass(self.payload, OfUnit)
