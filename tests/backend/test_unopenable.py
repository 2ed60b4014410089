"""A database file that cannot be opened leaves no thread behind that outlives the loop."""

from __future__ import annotations

from pathlib import Path

import aiosqlite
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from backend.platform.database import Database


async def test_a_file_that_cannot_be_opened_starts_no_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The thread of aiosqlite would complain to a loop that is closed by then, in the middle of whatever runs next."""
    monkeypatch.setattr(aiosqlite, "connect", lambda *_path, **_more: pytest.fail("a thread was started"))
    (tmp_path / "daoban.db").mkdir()
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'daoban.db'}")
    database.start()
    with pytest.raises(OperationalError):
        async with database.read() as session:
            await session.execute(text("SELECT 1"))
    await database.stop()
