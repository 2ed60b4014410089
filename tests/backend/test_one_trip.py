"""What a statement costs on SQLite, and whom a commit wakes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from aiosqlite import Connection
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from backend.platform.audit import Audit
from backend.platform.clock import SetClock
from backend.platform.database import Database
from backend.platform.events import Events
from backend.platform.subscriptions import Subscription


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'hall.db'}")
    database.start()
    async with database.write() as session:
        await session.execute(text("CREATE TABLE umbrellas (id INTEGER PRIMARY KEY, colour TEXT UNIQUE)"))
    yield database
    await database.stop()


async def test_a_statement_takes_one_trip_to_the_database(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each costs more than the statement."""
    trips: list[object] = []
    ordinary = Connection._execute

    async def counted(self: Connection, function: Any, *given: Any, **named: Any) -> Any:
        trips.append(function)
        return await ordinary(self, function, *given, **named)

    async with database.read() as session:
        await session.execute(text("SELECT 1"))
        monkeypatch.setattr(Connection, "_execute", counted)
        found = await session.execute(text("SELECT id, colour FROM umbrellas"))
        assert list(found.keys()) == ["id", "colour"]
    assert len(trips) == 2  # and the end of the transaction


async def test_what_a_statement_did_is_told(database: Database) -> None:
    """Rows, the number of an entry, how many changed; what the database refuses is refused."""
    async with database.write() as session:
        put = "INSERT INTO umbrellas (colour) VALUES (:colour)"
        first: Any = await session.execute(text(put), {"colour": "red"})
        await session.execute(text(put), [{"colour": "blue"}, {"colour": "green"}])
        changed: Any = await session.execute(text("UPDATE umbrellas SET colour = colour || '!' WHERE id < 3"))
        assert (first.lastrowid, changed.rowcount) == (1, 2)
    async with database.read() as session:
        found = await session.execute(text("SELECT id, colour FROM umbrellas ORDER BY id"))
        assert [tuple(row) for row in found] == [(1, "red!"), (2, "blue!"), (3, "green")]
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await session.execute(text(put), {"colour": "green"})
    with pytest.raises(OperationalError):
        async with database.read() as session:
            await session.execute(text("SELECT nothing"))


class Counting:
    """A database without events; counts the looks."""

    def __init__(self) -> None:
        self.looks = 0

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Any]:
        """A look."""
        self.looks += 1
        yield SimpleNamespace(scalar=nothing, scalars=nothing)


async def nothing(_query: object) -> Collection[Any]:
    """No rows."""
    return ()


async def test_a_commit_wakes_only_who_follows_its_kinds() -> None:
    """Whoever's rights may have changed with it looks at every one; so do all when it is not known what was committed."""
    database, clock = Counting(), SetClock.__new__(SetClock)
    events = Events(database, clock, Audit.__new__(Audit), ())  # type: ignore[arg-type]  # read is all it uses

    async def looks(committed: Collection[str] | None, rights: bool) -> int:
        wanted = Subscription(frozenset({"message"}))

        async def still(_session: object) -> Subscription:
            return wanted

        database.looks = 0
        following = asyncio.ensure_future(anext(events.follow(0, wanted, still if rights else None)))
        for wake in (False, True):
            if wake:
                events.wake(committed)
            for _ in range(5):
                await asyncio.sleep(0)
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
        return database.looks

    assert [await looks(kinds, rights=False) for kinds in ({"message"}, {"case", "message"}, {"case"}, None)] == [
        2,
        2,
        1,
        2,
    ]
    assert await looks({"case"}, rights=True) == 2
    assert not events._followers
