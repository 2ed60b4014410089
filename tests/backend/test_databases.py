"""Both databases: the same tables, and nothing lost or doubled when many write at once through several backends."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect

from backend.client import BackendClient
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.contracts.conversations import NewConversation, NewMessage, NewReply
from backend.contracts.turns import TurnClaim
from backend.migrations import downgrade, migrate, sync_url
from backend.operate.commands.audit import verify_audit
from backend.platform.database import Database
from backend.platform.http import DATABASE
from backend.platform.numbering import NumberKind, next_number
from backend.settings import Settings
from backend.tables import metadata
from tests.conftest import LACKING_TOLD, Hall, running_hall

REPLY = {
    "messages": [{"web": {"text": "好的"}, "speech": "好的", "desk": {"script": "好的"}}],
    "expects": {"kind": "free"},
    "understood": {"intent": "greet", "outcome": "chat"},
    "catalogue_version": 1,
}


@pytest.mark.both_databases
def test_the_migrations_make_exactly_the_tables_of_the_models(settings: Settings) -> None:
    """One line of versions, down and up again, on each database."""
    downgrade(settings.database_url, "base")
    engine = create_engine(sync_url(settings.database_url))
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    migrate(settings.database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert differences == []


@pytest.mark.both_databases
async def test_numbers_are_given_out_once(settings: Settings) -> None:
    """Forty at the same moment: forty different ones, none left out."""
    database = Database(settings.database_url)
    database.start()

    async def one() -> str:
        async with database.write() as session:
            return await next_number(session, NumberKind.CASE, date(2026, 11, 23))

    numbers = await asyncio.gather(*(one() for _ in range(40)))
    await database.stop()
    assert sorted(number[7:11] for number in numbers) == [f"{n:04d}" for n in range(1, 41)]


@asynccontextmanager
async def houses(first: Hall, count: int) -> AsyncIterator[list[Hall]]:
    """That many backends on one database: on PostgreSQL really several, on SQLite one."""
    async with AsyncExitStack() as stack:
        others = 0 if first.server.app[DATABASE].is_sqlite else count - 1
        more = [await stack.enter_async_context(running_hall(first.settings, first.clock)) for _ in range(others)]
        yield [first, *more]


async def answer(client: BackendClient, worker: str, answered: Counter[str]) -> None:
    """A connector: claim and answer until nothing waits."""
    while (leased := await client.part(ConversationsClient).claim_turn(TurnClaim(worker=worker))) is not None:
        answered[leased.turn.message_id] += 1
        await client.part(ConversationsClient).add_reply(
            leased.conversation, NewReply.model_validate({"in_reply_to": leased.turn.message_id, "reply": REPLY})
        )


@pytest.mark.both_databases
async def test_many_connectors_answer_each_message_once(hall: Hall) -> None:
    """Claims through two backends: each message leased by one worker, sequence numbers without a gap."""
    async with houses(hall, 2) as backends:
        conversations = [await hall.conversation() for _ in range(4)]

        async def says(place: int, conversation: str) -> None:
            client = backends[place % len(backends)].connectors
            await client.part(ConversationsClient).add_message(
                conversation, NewMessage(message_id=f"message-{place:03d}", text="你好")
            )

        await asyncio.gather(*(says(n, conversations[n % 4]) for n in range(16)))
        answered: Counter[str] = Counter()
        workers = [(backends[n % len(backends)].connectors, f"worker{n}") for n in range(4)]
        await asyncio.gather(*(answer(client, name, answered) for client, name in workers))
        for _ in range(3):  # a worker may have found everything leased just before it was given back
            await answer(hall.connectors, "last", answered)
        assert set(answered.values()) == {1}
        assert len(answered) == 16
        for conversation in conversations:
            messages = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
            assert [message.seq for message in messages] == list(range(1, 9))


@pytest.mark.both_databases
async def test_a_repeated_request_through_another_backend_is_carried_out_once(hall: Hall) -> None:
    """The same idempotency key at the same moment."""
    async with houses(hall, 2) as backends:
        opened = await asyncio.gather(
            *(
                backends[n % len(backends)]
                .connectors.part(ConversationsClient)
                .open(NewConversation(channel="web"), key="the-same")
                for n in range(8)
            )
        )
    assert len({conversation.id for conversation in opened}) == 1


@pytest.mark.both_databases
async def test_whoever_follows_misses_no_event_of_any_backend(hall: Hall) -> None:
    """Events become visible in the order of their ids, and reach followers at every backend; the audit chain holds."""
    async with houses(hall, 2) as backends:
        stream = backends[-1].connectors.part(EventsClient).stream(0)
        seen = await anext(stream)

        async def many(backend: Hall) -> None:
            for n in range(10):
                await backend.connectors.part(ConversationsClient).open(
                    NewConversation(channel="web"), key=f"{id(backend)}-{n}"
                )

        writing = asyncio.gather(*(many(backend) for backend in backends for _ in range(2)))
        opened = 0
        ids = [seen.id]
        while opened < 10 * len(backends):
            event = await anext(stream)
            ids.append(event.id)
            opened += event.kind == "conversation.opened"
        await writing
        await stream.aclose()
        assert ids == sorted(set(ids))
    assert not (await asyncio.to_thread(verify_audit, hall.settings)).problems


@pytest.mark.both_databases
async def test_a_case_goes_on_whichever_backend_answers(hall: Hall) -> None:
    """Two backends behind a round robin: each step by the next one, from draft to decision."""
    async with houses(hall, 2) as backends:
        turns = iter(backends * 40)
        conversation = await next(turns).conversation()
        draft = await next(turns).draft(conversation)
        case = (
            await next(turns).assistant.part(CasesClient).submit(draft.id, conversation=conversation, key="submit-it")
        )
        again = (
            await next(turns).assistant.part(CasesClient).submit(draft.id, conversation=conversation, key="submit-it")
        )
        assert again.number == case.number
        async with hall.staff() as clerk:
            for step, body in (("accept", LACKING_TOLD), ("approve", {"note": "符合条件"}), ("deliver", {})):
                clerk.base = next(turns).base
                status, shown = await clerk.post(f"/cases/{case.id}/steps/{step}", body)
                assert status == 200, shown
        assert shown["state"] == "delivered"
        told = (await next(turns).connectors.part(ConversationsClient).messages(conversation)).messages
        assert [message.sender for message in told].count("system") == 3
