"""Two assistants behind a round robin: tracker on PostgreSQL, locks on Redis, by settings."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
import pytest_asyncio

from assistant import tracker
from assistant.actions.executor import make_executor
from assistant.engine import Engine
from assistant.settings import Settings
from backend.client.cases import CasesClient
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn
from tests.assistant.talk import Talk, shown
from tests.conftest import APPLICATION, Hall
from tests.databases import PostgresServer, redis
from tests.ports import neighbours

pytestmark = pytest.mark.asyncio(loop_scope="session")


@dataclass
class RoundRobin:
    """Each turn goes to the next engine; they share nothing but the databases."""

    engines: list[Engine]
    settings: Settings

    def __post_init__(self) -> None:
        self._next = cycle(self.engines)

    async def turn(self, conversation: str, turn: Turn) -> Reply:
        """The next one's reply."""
        return await next(self._next).turn(conversation, turn)


@pytest_asyncio.fixture(loop_scope="session")
async def both(model: Path, tmp_path: Path, postgres_server: PostgresServer) -> AsyncIterator[RoundRobin]:
    """Two engines."""
    with redis(neighbours(1)) as redis_url:
        tracker_url = postgres_server.new().replace("+asyncpg", "")
        settings = Settings.from_environment(
            {"DAOBAN_DATA": str(tmp_path), "DAOBAN_TRACKER_URL": tracker_url, "DAOBAN_REDIS_URL": redis_url}
        )
        yield RoundRobin(
            [
                Engine(
                    model,
                    tmp_path / "tracker.db",
                    make_executor(),
                    tracker_url=settings.tracker_url,
                    redis_url=settings.redis_url,
                )
                for _ in range(2)
            ],
            settings,
        )


async def test_a_case_is_filled_in_whichever_assistant_answers(assistant_hall: Hall, both: RoundRobin) -> None:
    """And a message that both get at the same moment is answered once, with the same reply."""
    talk = Talk(assistant_hall, both, await assistant_hall.conversation())  # type: ignore[arg-type]  # turns is all it uses
    await talk.say("帮我办失业金申领")
    for said in APPLICATION.values():
        await talk.say(said)
    assert "受理编号" in shown(await talk.send("case:submit"))
    repeated = talk.turns[-1]
    replies = await asyncio.gather(*(engine.turn(talk.conversation, repeated) for engine in both.engines for _ in "ab"))
    assert {shown(reply) for reply in replies} == {shown(talk.last)}
    cases = await assistant_hall.assistant.part(CasesClient).of_conversation(talk.conversation)
    assert [case.state for case in cases] == ["submitted"]
    assert not (both.settings.data / "tracker.db").exists()
    assert tracker.erase(both.settings.tracker, [talk.conversation]) > 0
    assert tracker.show(both.settings.tracker, [talk.conversation]) == {}


async def test_the_same_new_message_to_both_is_taken_once(assistant_hall: Hall, both: RoundRobin) -> None:
    """One turn at a time per conversation, across processes."""
    talk = Talk(assistant_hall, both, await assistant_hall.conversation())  # type: ignore[arg-type]  # as above
    await talk.say("你好")
    again = talk.turns[-1].model_copy(update={"message_id": "message-once", "seq": 3})
    replies = await asyncio.gather(*(engine.turn(talk.conversation, again) for engine in both.engines))
    assert shown(replies[0]) == shown(replies[1])
    events = await both.engines[0].events(talk.conversation)
    assert [event.get("metadata", {}).get("message_id") for event in events if event["event"] == "user"].count(
        "message-once"
    ) == 1
