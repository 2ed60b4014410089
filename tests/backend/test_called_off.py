"""Work that is called off in the middle leaves its connection to be closed; the database stops after that, not before."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from typing import Protocol

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from backend.platform.database import Database
from backend.settings import Settings


class Opening(Protocol):
    """One of the two ways to a session."""

    def __call__(self, database: Database, /) -> AbstractAsyncContextManager[AsyncSession]: ...


@pytest.mark.parametrize("opening", [Database.read, Database.write], ids=["reading", "writing"])
async def test_stopping_waits_for_the_connection_of_cancelled_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, opening: Opening
) -> None:
    """Else the loop ends while the connection rolls back, and the pool writes a stack trace into the operator's terminal."""
    let_go, at_work, closes = asyncio.Event(), asyncio.Event(), AsyncSession.close

    async def slow_close(session: AsyncSession) -> None:
        await let_go.wait()
        await closes(session)

    async def work() -> None:
        async with opening(database):
            at_work.set()
            await asyncio.Event().wait()

    monkeypatch.setattr(AsyncSession, "close", slow_close)
    database = Database(settings.database_url)
    database.start()
    working = asyncio.create_task(work())
    await at_work.wait()
    working.cancel()
    stopping = asyncio.create_task(database.stop())
    done, _ = await asyncio.wait([stopping], timeout=0.2)
    assert not done
    let_go.set()
    await stopping
    with pytest.raises(asyncio.CancelledError):
        await working
