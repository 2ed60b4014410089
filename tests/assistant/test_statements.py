"""What a turn of a dialogue may state in place of the whole reply."""

from __future__ import annotations

from typing import Any

import pytest

from tests.assistant.statements import is_complete, recorded, stated

FOUND: dict[str, Any] = {
    "understood": {"intent": "ask_steps", "item": "LJ-YB-002", "outcome": "answered"},
    "reply": "交医保，这样办：\n1. 提出申请。",
    "buttons": ["要多久", "去哪办"],
    "speech": "交医保，这样办。",
}


@pytest.mark.parametrize(
    ("statement", "so"),
    [
        ({"understood": {"outcome": "answered"}}, True),
        ({"understood": {"item": ["LJ-YB-002", "LJ-YB-003"]}}, True),
        ({"understood": {"item": ["LJ-YB-003"]}}, False),
        ({"tells": ["这样办", "医保"]}, True),
        ({"tells": ["这样办", "养老"]}, False),
        ({"tells": [["养老", "医保"]]}, True),
        ({"tells_not": ["养老"]}, True),
        ({"tells_not": ["医保"]}, False),
        ({"offers": ["去哪办", "要多久"]}, True),
        ({"offers": ["要"]}, False),
        ({"offers_not": ["帮我办"]}, True),
        ({"offers_not": ["去哪办"]}, False),
        ({"speaks": ["这样办"]}, True),
        ({"reply": "交医保"}, False),
        ({"buttons": ["去哪办", "要多久"]}, False),
    ],
)
def test_statement(statement: dict[str, Any], so: bool) -> None:
    """True of the reply or not; where not, the test shows what was found."""
    assert (stated(statement, FOUND) == statement) is so


def test_recording_keeps_what_is_stated() -> None:
    """Only what is not stated is filled in."""
    turn = {"say": "医保怎么交", "tells": ["这样办"], "understood": {"outcome": "answered"}}
    found = {name: FOUND[name] for name in ("understood", "reply", "buttons")}
    assert recorded(turn, found) == {
        "understood": {"outcome": "answered"},
        "buttons": FOUND["buttons"],
        "tells": ["这样办"],
    }


def test_complete_turns() -> None:
    """The outcome, and the reply or what it tells; nothing of what others do."""
    assert is_complete({"clerk": {"step": "accept"}})
    assert is_complete({"say": "您好", "understood": {"outcome": "chat"}, "reply": "您好"})
    assert is_complete({"say": "您好", "understood": {"outcome": "chat"}, "tells": ["您好"]})
    assert not is_complete({"say": "您好", "understood": {"intent": "greet"}, "reply": "您好"})
    assert not is_complete({"say": "您好", "understood": {"outcome": "chat"}, "offers": ["要多久"]})
    assert not is_complete({"say": "您好", "understood": {"outcome": "chat"}, "tells": []})
