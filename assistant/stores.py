"""Where Rasa keeps its tracker and its locks: a file and this process, or PostgreSQL and Redis for several assistants."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from rasa.core.lock_store import InMemoryLockStore, LockStore, RedisLockStore
from sqlalchemy.engine import make_url

from assistant.held_trackers import HeldTrackers

KEY_PREFIX = "daoban"


def tracker_store(file: Path, url: str) -> HeldTrackers:
    """The store of a SQLAlchemy URL; without one, of a SQLite file."""
    if not url:
        return HeldTrackers(dialect="sqlite", db=str(file), query={})
    parsed = make_url(url)
    return HeldTrackers(
        dialect=parsed.drivername,
        host=parsed.host,
        port=parsed.port,
        db=str(parsed.database),
        username=parsed.username,
        password=parsed.password,
        query=dict(parsed.query),
    )


def lock_store(url: str) -> LockStore:
    """Locks of this process; with a ``redis://`` URL, of all assistants that share it."""
    if not url:
        return InMemoryLockStore()
    parsed = urlsplit(url)
    return RedisLockStore(
        host=parsed.hostname or "localhost",
        port=parsed.port or 6379,
        db=int(parsed.path.strip("/") or "0"),
        username=unquote(parsed.username) if parsed.username else None,
        password=unquote(parsed.password) if parsed.password else None,
        use_ssl=parsed.scheme == "rediss",
        key_prefix=KEY_PREFIX,
    )
