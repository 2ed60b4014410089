"""Trackers held in memory: read once, true to the rows whoever changes them, a turn given up leaves nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity

from assistant import held_trackers, tracker
from assistant.held_trackers import HeldTrackers

DOMAIN = Domain.from_yaml("slots:\n  item:\n    type: any\n    mappings:\n    - type: custom\n")


def opened(folder: Path) -> HeldTrackers:
    """The store of an assistant; two on the same folder are two assistants, or one before and after a crash."""
    return HeldTrackers(domain=DOMAIN, dialect="sqlite", db=str(folder / "tracker.db"), query={})


@pytest.fixture
def store(tmp_path: Path) -> HeldTrackers:
    """An assistant's store."""
    return opened(tmp_path)


async def turn(store: HeldTrackers, said: str, conversation: str = "mine") -> None:
    """A turn, as Rasa takes it."""
    found = await store.get_or_create_tracker(conversation)
    found.update_with_events(a_turn(said), DOMAIN)
    await store.save(found)


def a_turn(said: str) -> list[Event]:
    """Its events."""
    return [
        UserUttered(said, {"name": "ask_item"}, parse_data={"intent": {"name": "ask_item"}, "entities": []}),
        SlotSet("item", said),
        BotUttered("好的", {"custom": {"name": said}}),
        ActionExecuted("action_listen"),
    ]


def told(events: Iterable[Event]) -> list[str]:
    """What was said."""
    return [event.text for event in events if isinstance(event, UserUttered)]


async def said(store: HeldTrackers, conversation: str = "mine") -> list[str]:
    """What was said, as the next turn sees it."""
    return told((await store.get_or_create_tracker(conversation)).events)


async def test_the_next_turn_gets_the_tracker_without_reading_its_rows(
    store: HeldTrackers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it, as if it had been read."""
    await turn(store, "社保卡")
    await turn(store, "失业金")
    read = await SQLTrackerStore.retrieve(store, "mine")
    monkeypatch.setattr(SQLTrackerStore, "retrieve", None)
    held = await store.retrieve("mine")
    assert held is not None
    assert as_stored(held) == as_stored(read)
    assert held.get_slot("item") == "失业金"


def as_stored(one: DialogueStateTracker) -> object:
    """All that a tracker says of a conversation, as it would be written."""
    return json.loads(json.dumps(one.current_state(EventVerbosity.ALL)))


async def test_a_turn_of_another_assistant_is_seen(store: HeldTrackers, tmp_path: Path) -> None:
    """Each writes only what is new, so nothing is stored twice."""
    other = opened(tmp_path)
    await turn(store, "一")
    await turn(other, "二")
    await turn(store, "三")
    assert await said(store) == await said(other) == await said(opened(tmp_path)) == ["一", "二", "三"]


async def test_a_turn_given_up_leaves_nothing(store: HeldTrackers) -> None:
    """The backend went away in its middle: what had happened in it is not part of the next."""
    await turn(store, "一")
    begun = await store.get_or_create_tracker("mine")
    begun.update_with_events(a_turn("二"), DOMAIN)
    assert await said(store) == ["一"]
    await turn(store, "三")
    assert await said(store) == ["一", "三"]


async def test_what_is_erased_or_expired_is_forgotten_in_memory_too(store: HeldTrackers, tmp_path: Path) -> None:
    """Also beside a running assistant."""
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    await turn(store, "一")
    await turn(store, "一", "yours")
    assert tracker.erase(url, ["mine"]) > 0
    assert await said(store) == []
    assert tracker.erase_silent(url, before=4e9) > 0
    assert await said(store, "yours") == []


async def test_only_so_many_events_are_held(store: HeldTrackers, monkeypatch: pytest.MonkeyPatch) -> None:
    """The conversation that was silent longest is read again; none is lost."""
    monkeypatch.setattr(held_trackers, "MOST_EVENTS_COUNT", 14)
    for conversation in ("first", "second", "third", "first", "fourth"):
        await turn(store, "社保卡", conversation)
    assert list(store._held) == ["first", "fourth"]
    assert await said(store, "first") == ["社保卡", "社保卡"]
    assert await said(store, "second") == ["社保卡"]
