"""Kinds of events, declared by the feature whose change they tell: a past-tense name and the shape of their data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from backend.contracts.wire import Wire

Payload = TypeVar("Payload", bound=Wire)


class NoData(Wire):
    """The subject says it all."""


@dataclass(frozen=True, slots=True)
class EventKind(Generic[Payload]):
    """A kind of event. ``payload`` holds no personal data: ids, kinds, states, counts."""

    name: str
    """``case.accepted``: what it is about, and what happened to it."""
    payload: type[Payload]

    def __str__(self) -> str:
        return self.name
