"""Before anything serves: a SQLite file without damaged pages, this version's tables, a clock that has not gone back."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from sqlalchemy.engine import make_url

from backend.migrations import is_empty, migrate
from backend.platform.clock import Clock, SystemClock
from backend.platform.clock_check import clock_behind
from backend.platform.database import Database, database_locked
from backend.process.data_folder import prepare
from backend.process.refusals import refused, sentence
from backend.settings import Settings


def prepare_database(settings: Settings, clock: Clock | None = None) -> list[str]:
    """Check the data folder and the database and bring it to this version; returns what the operator should know.

    Nothing is changed while a backend or a command has the database. Raises StartRefusedError.
    """
    closed = prepare(settings.data)
    told = [sentence("closed_to_others", path=settings.data, count=closed)] if closed else []
    with database_locked(settings.database_url):
        _refuse_damaged(settings.database_url)
        migrate(settings.database_url)
        behind = asyncio.run(_clock_behind(settings.database_url, clock or SystemClock()))
    if behind:
        told.append(sentence("clock_behind", span=_span(behind)))
    return told


def _refuse_damaged(url: str) -> None:
    """SQLite's quick_check reads every page; it would otherwise be noticed only when somebody needs the damaged one."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or is_empty(url):
        return
    with closing(sqlite3.connect(str(Path(parsed.database or "")))) as database:
        found = database.execute("PRAGMA quick_check(1)").fetchone()
    if found != ("ok",):
        raise refused("damaged")


async def _clock_behind(url: str, clock: Clock) -> timedelta:
    database = Database(url)
    database.start(alone=False)
    try:
        async with database.read() as session:
            return await clock_behind(session, clock)
    finally:
        await database.stop()


def _span(behind: timedelta) -> str:
    minutes = int(behind.total_seconds() // 60)
    if behind.days:
        return f"{behind.days}天"
    return f"{minutes // 60}小时" if minutes >= 60 else f"{minutes}分钟"
