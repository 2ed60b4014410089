"""The tracker's rows as the person commands see them: shown, forgotten, forgotten in time."""

from __future__ import annotations

from pathlib import Path

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from assistant import tracker


@pytest.fixture
async def url(tmp_path: Path) -> str:
    """A tracker store as Rasa makes it, with two conversations."""
    store = SQLTrackerStore(domain=Domain.empty(), dialect="sqlite", db=str(tmp_path / "tracker.db"), query={})
    for sender, text, at in (("mine", "我叫和秀英", 1000.0), ("yours", "我叫木志强", 2000.0)):
        await store.save(DialogueStateTracker.from_events(sender, [UserUttered(text, timestamp=at)]))
    return f"sqlite:///{tmp_path / 'tracker.db'}"


def texts(url: str, *conversations: str) -> list[str]:
    """What was said."""
    return [
        event["text"] for events in tracker.show(url, conversations).values() for event in events if "text" in event
    ]


async def test_a_person_s_tracker_is_shown_and_forgotten(url: str, tmp_path: Path) -> None:
    """Only theirs; what is deleted is overwritten."""
    assert texts(url, "mine") == ["我叫和秀英"]
    assert tracker.erase(url, ["mine"]) == 1
    assert texts(url, "mine", "yours") == ["我叫木志强"]
    file = (tmp_path / "tracker.db").read_bytes()
    assert "和秀英".encode() not in file
    assert b"\\u548c\\u79c0\\u82f1" not in file


async def test_silent_conversations_are_forgotten(url: str) -> None:
    """By the last thing that happened in them."""
    assert tracker.erase_silent(url, before=1500.0) == 1
    assert texts(url, "mine", "yours") == ["我叫木志强"]


def test_where_there_is_no_tracker_nothing_is_done(tmp_path: Path) -> None:
    """The assistant has never run."""
    url = f"sqlite:///{tmp_path / 'tracker.db'}"
    assert tracker.show(url, ["mine"]) == {}
    assert tracker.erase(url, ["mine"]) == tracker.erase_silent(url, 1.0) == 0
