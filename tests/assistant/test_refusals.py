"""What the backend refuses is told in its own sentence, and nothing is asked or guessed after it."""

from __future__ import annotations

from typing import ClassVar

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from assistant.actions.base import DaobanAction, Events
from assistant.actions.turn import TurnView
from backend.client import BackendProblem
from backend.client.transport import Problem

pytestmark = pytest.mark.asyncio(loop_scope="session")
SENTENCE = "您发得太快了，我来不及看。请20秒后再发，刚才这条没有收到。"


class _Refused(DaobanAction):
    """An action of a form that the limiter refuses."""

    action_name: ClassVar[str] = "validate_refused_form"
    may_decline: ClassVar[bool] = True

    async def act(self, turn: TurnView) -> Events:  # noqa: ARG002
        """Refused."""
        raise BackendProblem(Problem(type="about:limit.service", title="请求太多", status=429, detail=SENTENCE))


class _NotCaught(DaobanAction):
    """What Rasa goes on with where a form took no answer."""

    action_name: ClassVar[str] = "action_not_caught_of_a_test"

    async def act(self, turn: TurnView) -> Events:
        """Says that it was not understood."""
        turn.say("talk.not_caught")
        return []


def tracker(*events: dict[str, object]) -> Tracker:
    """A conversation whose newest message is being answered."""
    message = {"text": "八年", "intent": {"name": "inform", "confidence": 0.9}, "entities": [],
               "metadata": {"message_id": "m1", "today": "2026-03-02", "channel": "web"}}  # fmt: skip
    return Tracker("c1", {}, message, [{"event": "user", **message}, *events], False, None, {}, "action_listen")


async def test_only_the_refusal_is_said() -> None:
    """Not that something was not understood, and not the question once more."""
    first = CollectingDispatcher()
    await _Refused().run(first, tracker(), {})
    said = first.messages[0]
    assert said["text"] == SENTENCE
    spoken = {"event": "bot", "text": said["text"], "data": {"custom": said["custom"]}}
    second = CollectingDispatcher()
    assert await _NotCaught().run(second, tracker(spoken), {}) == []
    assert second.messages == []


async def test_the_next_message_is_answered_again() -> None:
    """A refusal ends its own turn only."""
    first = CollectingDispatcher()
    await _Refused().run(first, tracker(), {})
    spoken = {"event": "bot", "text": SENTENCE, "data": {"custom": first.messages[0]["custom"]}}
    later = tracker(spoken, {"event": "user", "text": "八年", "metadata": {}})
    second = CollectingDispatcher()
    await _NotCaught().run(second, later, {})
    assert [message["text"] for message in second.messages] == ["这一句我没听明白。"]
