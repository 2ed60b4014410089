"""Trackers held in memory with the SQL store behind them: a turn reads what it does not have, and writes what is new."""

from __future__ import annotations

import json
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.utils.common import all_subclasses
from sqlalchemy import Table, func, select
from sqlalchemy.engine import Connection

MOST_EVENTS_COUNT = 20_000
"""Events held in all conversations together, about 5 kB each; the conversation that was silent longest is let go first."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """How far the stored rows of a conversation go: another assistant, an erasure or an expiry changes it."""

    newest_id: int | None
    count: int


@dataclass(slots=True)
class _Held:
    """A tracker as it was last read or saved."""

    tracker: DialogueStateTracker
    stored: _Stored
    count: int
    """Events of the tracker that are stored. With more in it a turn was given up: it is read again."""


class HeldTrackers(SQLTrackerStore):  # type: ignore[misc]  # rasa is not typed
    """The tracker store. What is held is used only while the stored rows are those that it was made of.

    One turn at a time per conversation: a tracker is handed out as it is, not as a copy.
    """

    def __init__(self, **address: Any) -> None:  # what Rasa's store takes
        super().__init__(**address)
        self._held: OrderedDict[str, _Held] = OrderedDict()
        self._events_count = 0
        rows: Table = self.SQLEvent.__table__
        self._rows = rows
        self._how_far = select(func.max(rows.c.id), func.count())
        look_up_events_by_name()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of a conversation; None where nothing is stored."""
        with self.engine.connect() as connection:
            stored = self._stored(connection, sender_id)
        held = self._held.get(sender_id)
        if held is not None and held.stored == stored and len(held.tracker.events) == held.count:
            self._held.move_to_end(sender_id)
            return held.tracker
        self._let_go(sender_id)
        tracker = await super().retrieve(sender_id) if stored.count else None
        if tracker is not None:
            self._hold(tracker, stored)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store what the tracker has more than the rows."""
        await self.stream_events(tracker)
        held = self._held.get(tracker.sender_id)
        known = held.count if held is not None and held.tracker is tracker else None
        with self.engine.begin() as connection:
            if known is None:
                known = self._stored(connection, tracker.sender_id).count
            fresh = [self._row(tracker.sender_id, event) for event in list(tracker.events)[known:]]
            if fresh:
                connection.execute(self._rows.insert(), fresh)
            stored = self._stored(connection, tracker.sender_id)
        self._let_go(tracker.sender_id)
        self._hold(tracker, stored)

    def _stored(self, connection: Connection, conversation: str) -> _Stored:
        newest, count = connection.execute(self._how_far.where(self._rows.c.sender_id == conversation)).one()
        return _Stored(newest, count)

    @staticmethod
    def _row(conversation: str, event: Event) -> dict[str, Any]:
        """A row as Rasa writes it."""
        data = event.as_dict()
        return {
            "sender_id": conversation,
            "type_name": event.type_name,
            "timestamp": data.get("timestamp"),
            "intent_name": data.get("parse_data", {}).get("intent", {}).get("name"),
            "action_name": data.get("name"),
            "data": json.dumps(data),
        }

    def _hold(self, tracker: DialogueStateTracker, stored: _Stored) -> None:
        if any(isinstance(event, SessionStarted) for event in tracker.events):
            return  # Rasa reads the rows of the last session only: ours has none
        count = len(tracker.events)
        self._held[tracker.sender_id] = _Held(tracker, stored, count)
        self._events_count += count
        while self._events_count > MOST_EVENTS_COUNT and len(self._held) > 1:
            self._let_go(next(iter(self._held)))

    def _let_go(self, conversation: str) -> None:
        held = self._held.pop(conversation, None)
        self._events_count -= 0 if held is None else held.count


_ordinary_resolve = Event.resolve_by_type
_classes: dict[str, type[Event]] = {}


def look_up_events_by_name() -> None:
    """Have Rasa find an event's class by its name at once: it walks the tree of classes for every event it reads."""
    for found in all_subclasses(Event):
        _classes.setdefault(found.type_name, found)
    Event.resolve_by_type = staticmethod(_resolved)  # Rasa offers no other place


def _resolved(type_name: str, default: type[Event] | None = None) -> type[Event] | None:
    found: type[Event] | None = _classes.get(type_name) or _ordinary_resolve(type_name, default)
    return found
