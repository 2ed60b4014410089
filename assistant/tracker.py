"""The tracker's rows without Rasa: shown, forgotten. It is a cache; what goes on is rebuilt from the backend.

Columns as Rasa 3.6 makes them (rasa.core.tracker_store.SQLTrackerStore.SQLEvent).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Float, String, Text, column, create_engine, delete, func, inspect, select, table, text
from sqlalchemy.engine import Connection, make_url

from backend.process.storage_faults import StorageFault, fault_of

EVENTS = table("events", column("id"), column("sender_id", String), column("timestamp", Float), column("data", Text))


def show(url: str, conversations: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    """What the tracker holds of conversations, oldest first."""
    with _connected(url) as connection:
        if connection is None:
            return {}
        query = select(EVENTS.c.sender_id, EVENTS.c.data).where(EVENTS.c.sender_id.in_(conversations))
        found: dict[str, list[dict[str, Any]]] = {}
        for sender, data in connection.execute(query.order_by(EVENTS.c.id)):
            found.setdefault(sender, []).append(json.loads(data))
        return found


def erase(url: str, conversations: Sequence[str]) -> int:
    """Delete what the tracker holds of conversations, also beside a running assistant; returns how many events."""
    with _connected(url) as connection:
        if connection is None:
            return 0
        return connection.execute(delete(EVENTS).where(EVENTS.c.sender_id.in_(conversations))).rowcount


def erase_silent(url: str, before: float) -> int:
    """Delete conversations in which nothing happened since ``before`` (seconds since 1970); returns how many events."""
    with _connected(url) as connection:
        if connection is None:
            return 0
        silent = select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(func.max(EVENTS.c.timestamp) < before)
        return connection.execute(delete(EVENTS).where(EVENTS.c.sender_id.in_(silent))).rowcount


def set_aside_damaged(file: Path, tell: Callable[[str], None]) -> None:
    """Move a damaged tracker file away: Rasa makes a new one, what goes on is rebuilt from the backend."""
    if not file.exists() or not is_damaged(file):
        return
    aside = file.with_name(f"{file.name}.damaged")
    for ending in ("", "-wal", "-shm", "-journal"):
        part = file.with_name(file.name + ending)
        if part.exists():
            part.replace(aside.with_name(aside.name + ending))
    tell(f"助手的记忆文件坏了，已放到一边（{aside}），记忆从后台重新建。")


def is_damaged(file: Path) -> bool:
    """Whether SQLite finds a page of the file that is not as it should be."""
    try:
        with closing(sqlite3.connect(file)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone() != ("ok",))
    except sqlite3.DatabaseError as error:
        return fault_of(error) is StorageFault.DAMAGED


@contextmanager
def _connected(url: str) -> Iterator[Connection | None]:
    """A transaction on the tracker; None when there is no tracker yet."""
    engine = create_engine(make_url(url))
    try:
        with engine.begin() as connection:
            if engine.dialect.name == "sqlite":
                connection.execute(text("PRAGMA secure_delete=ON"))  # deleted is overwritten
            yield connection if inspect(connection).has_table("events") else None
    finally:
        engine.dispose()
