"""Turns of conversations: a backend that dies and comes back costs the citizen seconds, not the length of a lease."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from assistant.client import AssistantClient, AssistantUnavailable
from backend.client import BackendClient, BackendUnavailable
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import NewMessage
from backend.contracts.replies import Reply
from backend.contracts.turns import LeasedTurn, Turn, TurnClaim
from connectors import conversation as turns
from connectors.conversation import Conversations
from tests.conftest import Hall

REPLY = Reply.model_validate(
    {
        "messages": [{"web": {"text": "好的"}, "speech": "好的", "desk": {"script": "好的"}}],
        "expects": {"kind": "free"},
        "understood": {"intent": "greet", "outcome": "chat"},
        "catalogue_version": 1,
    }
)


class Assistant(AssistantClient):
    """Answers, unless the backend that it asks is away."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", "")
        self.dies_with: Line | None = None

    async def ready(self) -> bool:
        return True

    async def turn(self, _conversation: str, _turn: Turn) -> Reply:
        if self.dies_with is not None:
            self.dies_with.away = True
            raise AssistantUnavailable
        return REPLY


class Line(BackendClient):
    """A backend that can be away: before it hears a call, or after it has carried it out."""

    def __init__(self, hall: Hall) -> None:
        super().__init__(hall.base, (hall.settings.secrets / "connectors.token").read_text(), timeout_seconds=60)
        self.away = False
        self.dies_after_claim = False

    async def call(self, method: str, path: str, *about: object, **more: object) -> object:  # type: ignore[override]
        if self.away:
            raise BackendUnavailable
        answer = await super().call(method, path, *about, **more)  # type: ignore[arg-type]
        if path == "/conversations/turns/claim" and self.dies_after_claim and getattr(answer, "leased", None):
            self.away, self.dies_after_claim = True, False
            raise BackendUnavailable
        return answer


@asynccontextmanager
async def answering(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Line, Assistant]]:
    """Connectors at work, impatient ones."""
    monkeypatch.setattr(turns, "RETRY_INTERVAL_SECONDS", 0.05)
    line, assistant = Line(hall), Assistant()
    running = asyncio.create_task(Conversations(line, assistant, "connectors").run())
    try:
        yield line, assistant
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await line.close()


async def answered(hall: Hall, conversation: str) -> None:
    """Return when nothing in the conversation waits; sooner than any lease ends or sweep comes."""
    client = hall.connectors.part(ConversationsClient)
    async with asyncio.timeout(turns.SWEEP_INTERVAL_SECONDS * 0.9):
        while (await client.messages(conversation)).waiting:  # noqa: ASYNC110  # another process would see no more
            await asyncio.sleep(0.02)


async def test_a_message_is_answered_as_soon_as_the_backend_is_back(
    hall: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It died while the assistant was asking it: the lease could not be given back then."""
    conversation = await hall.conversation()
    async with answering(hall, monkeypatch) as (line, assistant):
        assistant.dies_with = line
        await hall.say(conversation, "你好")
        async with asyncio.timeout(30):
            while not line.away:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assistant.dies_with = None
        line.away = False
        await answered(hall, conversation)


async def test_a_lease_that_the_backend_took_with_it_is_given_up(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """It leased the turn, died, and never said so."""
    conversation = await hall.conversation()
    async with answering(hall, monkeypatch) as (line, _):
        line.dies_after_claim = True
        await hall.say(conversation, "你好")
        async with asyncio.timeout(30):
            while not line.away:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        line.away = False
        await answered(hall, conversation)


async def test_all_lost_leases_are_given_up_at_once_and_none_that_is_held(hall: Hall) -> None:
    """A worker tells in which conversations it answers; those of others are not touched."""
    client = hall.connectors.part(ConversationsClient)
    mine = [await hall.conversation() for _ in range(3)]
    for place, conversation in enumerate(mine):
        await client.add_message(conversation, NewMessage(message_id=f"message-{place}", text="你好"))
    leased = [await client.claim_turn(TurnClaim(worker="a")) for _ in range(2)]
    held, lost = (turn.conversation for turn in leased if isinstance(turn, LeasedTurn))
    other = await client.claim_turn(TurnClaim(worker="b"))
    assert other is not None
    again = [await client.claim_turn(TurnClaim(worker="a", holding=(held,) if first else None)) for first in (1, 0)]
    assert [turn and turn.conversation for turn in again] == [lost, None]
    freed = [await client.claim_turn(TurnClaim(worker="a", holding=() if first else None)) for first in (1, 0, 0)]
    assert {turn.conversation for turn in freed if turn} == {held, lost}
    assert freed[2] is None
