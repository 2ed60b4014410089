"""What a listener has to ask the backend for: nothing that went through these connectors, everything else."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from assistant.client import AssistantClient
from backend.client import BackendClient
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import Message, MessageList, NewMessage, NewReply
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn
from connectors.conversation import Conversations, Listener
from connectors.receiving import Receiving
from tests.conftest import Hall
from tests.connectors.test_conversation import REPLY


def message(seq: int) -> Message:
    """A message."""
    return Message(
        seq=seq, message_id=f"message-{seq}", sender="citizen", at=datetime(2026, 11, 23, tzinfo=UTC), text="好"
    )


def put(listener: Listener, *brought: int) -> None:
    """Store messages here."""
    listener.begin_storing()
    listener.end_storing(map(message, brought))


@pytest.mark.parametrize(
    ("brought", "told", "after", "found"),
    [
        ((), 0, 0, ()),
        ((), 0, 7, ()),  # it stopped at 7 and nothing came since
        ((1,), 0, 0, (1,)),
        ((1, 2, 3), 3, 0, (1, 2, 3)),
        ((2, 3), 0, 1, (2, 3)),
        ((3, 2), 0, 1, (2, 3)),  # a reply was quicker than what had been said before it
        ((1, 2), 2, 2, ()),  # the backend was asked and had them already
        ((), 2, 2, ()),  # its event comes after the message itself
        ((1,), 2, 0, None),  # the second was stored by others
        ((2,), 0, 0, None),  # the first was
        ((), 1, 0, None),
    ],
)
def test_what_was_brought_is_not_asked_for(
    brought: Sequence[int], told: int, after: int, found: Sequence[int] | None
) -> None:
    """In order and without a gap, or it is asked for (None)."""
    listener = Listener(unsure=False)
    put(listener, *brought)
    listener.tell(told)
    following = listener.following(after)
    assert following == (None if found is None else tuple(map(message, found)))


def test_an_event_that_comes_before_the_answer_waits_for_it() -> None:
    """Also where storing fails: then it is asked for."""
    listener = Listener(unsure=False)
    listener.begin_storing()
    listener.tell(1)
    assert listener.following(0) == ()
    listener.end_storing([message(1)])
    assert listener.following(0) == (message(1),)
    listener.begin_storing()
    listener.tell(2)
    listener.end_storing([])
    assert listener.following(1) is None


def test_what_is_stored_here_is_claimed_once() -> None:
    """By whoever stored it, whether its event comes before the answer or after; what others store is claimed by its event."""
    receiving = Receiving()
    receiving.begin("mine")
    receiving.end("mine", 1)
    assert [receiving.is_ours("mine", 1), receiving.is_ours("mine", 1), receiving.is_ours("yours", 1)] == [
        True,
        False,
        False,
    ]
    receiving.begin("mine")
    assert receiving.is_ours("mine", 2)
    receiving.end("mine", 2)
    assert not receiving.is_ours("mine", 2)
    receiving.begin("mine")
    receiving.end("mine", None)
    assert not receiving.is_ours("mine", 3)
    receiving.begin("mine")
    receiving.end("mine", 4)
    receiving.forget()
    assert not receiving.is_ours("mine", 4)


def test_at_the_beginning_and_when_events_got_lost_it_is_asked_for() -> None:
    """Nobody knows then what there is."""
    conversations = Conversations(
        BackendClient("http://127.0.0.1:9", ""), AssistantClient("http://127.0.0.1:9", ""), ""
    )
    with conversations.listening("mine") as listener:
        put(listener, 1)
        assert listener.following(0) is None
        listener.unsure = False
        put(listener, 1)
        assert listener.following(0) == (message(1),)
        listener.changed.clear()
        conversations.wake_everybody()
        assert listener.changed.is_set()
        assert listener.following(1) is None


class Answering(AssistantClient):
    """Answers at once."""

    async def ready(self) -> bool:
        return True

    async def turn(self, _conversation: str, _turn: Turn) -> Reply:
        return REPLY


class Counting(BackendClient):
    """Remembers what it was called for, but the rest of the hall."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall.base, (hall.settings.secrets / "connectors.token").read_text(), timeout_seconds=60)
        self.called: list[str] = []

    async def call(self, method: str, path: str, *about: object, **more: object) -> object:  # type: ignore[override]
        answer = await super().call(method, path, *about, **more)  # type: ignore[arg-type]
        self.called.append(f"{method} {path.rpartition('/')[2]}")
        return answer


async def test_a_turn_is_stored_claimed_answered_and_delivered_in_three_calls(hall: Hall) -> None:
    """What storing returns is what is delivered."""
    conversation = await hall.conversation()
    client = Counting(hall)
    conversations = Conversations(client, Answering("http://127.0.0.1:9", ""), "connectors")
    running = asyncio.create_task(conversations.run())
    with conversations.listening(conversation) as listener:
        try:
            async with asyncio.timeout(60):
                while not conversations.assistant_ready:  # noqa: ASYNC110  # it looks by itself
                    await asyncio.sleep(0)
                while "POST claim" not in client.called:  # noqa: ASYNC110  # the one after the start
                    await asyncio.sleep(0)
                client.called.clear()
                listener.unsure = False
                await conversations.receive(conversation, NewMessage(message_id="message-1", text="你好"))
                said: list[Message] = []
                while len(said) < 2:
                    await listener.changed.wait()
                    listener.changed.clear()
                    said += listener.following(len(said)) or ()
        finally:
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running
    await client.close()
    assert [one.text for one in said] == ["你好", "好的"]
    assert client.called == ["POST messages", "POST claim", "POST replies"]
    assert said == list((await hall.connectors.part(ConversationsClient).messages(conversation)).messages)


async def test_a_message_that_waits_behind_another_is_claimed_when_that_is_answered(hall: Hall) -> None:
    """Storing the reply tells whether more waits."""
    conversation = await hall.conversation()
    client = hall.connectors.part(ConversationsClient)
    for place in (1, 2):
        await client.add_message(conversation, NewMessage(message_id=f"message-{place}", text="你好"))
    waiting: list[bool] = []
    for place in (1, 2):
        stored: MessageList = await client.add_reply(
            conversation, NewReply(in_reply_to=f"message-{place}", reply=REPLY)
        )
        waiting.append(stored.waiting)
    assert waiting == [True, False]
