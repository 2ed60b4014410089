"""The hall's database: SQLAlchemy 2 (async), SQLite on one machine, PostgreSQL on several.

SQLite: WAL, foreign keys, synchronous=FULL, busy timeout, writers begin with BEGIN IMMEDIATE, and one backend only: the
database file is locked for the process, a second backend refuses to start.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import DateTime, Dialect, MetaData, event, text
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from backend.platform.errors import NotReadyError
from backend.platform.one_trip import OneTripConnection
from backend.process.locks import HeldElsewhereError, Holder, ProcessLock
from backend.process.refusals import StartRefusedError, sentence

_WRITES = "daoban_writes"
BUSY_TIMEOUT_MS = 10_000
PRAGMAS: tuple[str, ...] = ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON")
"""What every connection to SQLite begins with."""
_COMMIT_ORDER = 7_350_100
"""PostgreSQL advisory lock under which events and audit entries get their numbers."""


MAX_WAIT_SECONDS = 20
"""How long a write waits for those before it."""
BUSY_AGAIN_SECONDS = 5
"""When a request that found the database busy may be sent again."""


class SecondBackendError(StartRefusedError):
    """Another backend, or a command, has this SQLite database open; ``holder`` is None where it has not said who it is."""

    def __init__(self, holder: Holder | None) -> None:
        where = "" if holder is None else f"（{holder.address or f'进程 {holder.pid}'}）"
        super().__init__(sentence("second_backend", where=where))
        self.holder = holder


@contextmanager
def database_locked(url: str | URL, address: str = "") -> Iterator[None]:
    """Have a SQLite database for this process alone while the block runs; others need no lock. Raises SecondBackendError."""
    lock = _lock_of(make_url(url))
    if lock is None:
        yield
        return
    _take(lock, address)
    try:
        yield
    finally:
        lock.give_back()


def _lock_of(url: URL) -> ProcessLock | None:
    if url.get_backend_name() != "sqlite" or not url.database:
        return None
    return ProcessLock(Path(f"{url.database}.lock"))


def _take(lock: ProcessLock, address: str) -> None:
    try:
        lock.take(address)
    except HeldElsewhereError as held:
        raise SecondBackendError(held.holder) from held


class Base(DeclarativeBase):
    """Base of every table; constraint names are fixed so that migrations can name them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Instant(TypeDecorator[datetime]):
    """An aware datetime, kept as UTC. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive values; SQLite keeps no zone, so everything is written as UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """What SQLite returns without a zone is UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """Sessions for reading and for writing. One write is one transaction: committed whole or not at all."""

    def __init__(self, url: str) -> None:
        self.url = make_url(url)
        self.served_at = ""
        """Address of the backend that serves this database; empty where none does."""
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self._engine: AsyncEngine | None = None
        self._lock: ProcessLock | None = None
        self._one_writer = asyncio.Lock()
        self._ending: set[asyncio.Task[None]] = set()

    @property
    def engine(self) -> AsyncEngine:
        """The engine; only after ``start``."""
        if self._engine is None:
            raise RuntimeError("database not started")
        return self._engine

    def announce(self, address: str) -> None:
        """Say in the lock where this database is served: commands find the backend there, whatever its port."""
        self.served_at = address
        if self._lock is not None:
            self._lock.tell(address)

    def start(self, *, alone: bool = True) -> None:
        """Open the engine; on SQLite take the file's lock (raises SecondBackendError).

        ``alone=False`` only for commands that read beside a running backend.
        """
        lock = _lock_of(self.url) if alone else None
        if lock is not None:
            Path(self.url.database or "").parent.mkdir(parents=True, exist_ok=True)
            _take(lock, self.served_at)
            self._lock = lock
        self._engine = create_async_engine(self.url, pool_pre_ping=not self.is_sqlite)
        if self.is_sqlite:
            event.listen(self._engine.sync_engine, "do_connect", self._opened)
            event.listen(self._engine.sync_engine, "connect", _configure_sqlite)
            event.listen(self._engine.sync_engine, "begin", _begin_sqlite)

    async def stop(self) -> None:
        """Close all connections, also those of work that was just called off, and give the lock back."""
        await asyncio.gather(*self._ending, return_exceptions=True)
        if self._engine is not None:
            await self._engine.dispose()
            self._engine = None
        if self._lock is not None:
            self._lock.give_back()
            self._lock = None

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """A session that changes nothing."""
        session = AsyncSession(self.engine, expire_on_commit=False, autoflush=False)
        try:
            yield session
        finally:
            await self._to_its_end(session.close())

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """A session whose changes are committed at the end, or rolled back on any error."""
        engine = self.engine.execution_options(**{_WRITES: True})
        async with self._turn():
            session = AsyncSession(engine, expire_on_commit=False)
            try:
                yield session
                for prepare in _preparations(session):
                    await prepare(session)
            except BaseException:
                await self._to_its_end(session.close())
                raise
            await self._to_its_end(_commit(session))

    async def _to_its_end(self, ending: Coroutine[None, None, None]) -> None:
        """Run the end of a session. A caller that is cancelled does not wait for it, ``stop`` does.

        A connection that still commits or rolls back when the loop ends would be cut off in the middle.
        """
        task = asyncio.create_task(ending)
        self._ending.add(task)
        task.add_done_callback(self._ending.discard)
        await asyncio.shield(task)

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        """SQLite has one writer; waiting here is fairer than its busy timeout. Raises NotReadyError after a long wait."""
        if not self.is_sqlite:
            yield
            return
        try:
            async with asyncio.timeout(MAX_WAIT_SECONDS):
                await self._one_writer.acquire()
        except TimeoutError as error:
            raise NotReadyError("server.busy", BUSY_AGAIN_SECONDS) from error
        try:
            yield
        finally:
            self._one_writer.release()

    def _opened(
        self, dialect: Dialect, _entry: ConnectionPoolEntry, given: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:  # SQLAlchemy's own does not fit its DBAPIConnection
        """A connection. Raises sqlite3.OperationalError: aiosqlite leaves a thread behind that cannot open its file, and the loop may be gone first."""
        sqlite3.connect(self.url.database or ":memory:").close()
        opened: Any = dialect.connect(*given, **named)
        return OneTripConnection.of(opened)


async def _commit(session: AsyncSession) -> None:
    """Commit, tell those who wait for it, and give the connection back."""
    try:
        await session.commit()
    finally:
        await session.close()
    for hook in _hooks(session):
        hook()


Preparation = Callable[[AsyncSession], Awaitable[None]]


def before_commit(session: AsyncSession, prepare: Preparation) -> None:
    """Call it once, last of all in the session's transaction (whatever was asked for, once)."""
    preparations = _preparations(session)
    if prepare not in preparations:
        preparations.append(prepare)


def _preparations(session: AsyncSession) -> list[Preparation]:
    preparations: list[Preparation] = session.info.setdefault("before_commit", [])
    return preparations


async def in_commit_order(session: AsyncSession) -> None:
    """From here to its commit this transaction is alone: numbers given out now become visible in their order.

    Without it a follower who has seen number 8 would miss 7, committed a moment later by another process. SQLite has one
    writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _COMMIT_ORDER})


async def one_at_a_time(session: AsyncSession, name: str) -> None:
    """From here to the end of this transaction nobody else is past this point with the same name (any process)."""
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


def after_commit(session: AsyncSession, hook: Callable[[], None]) -> None:
    """Call the hook once the session's changes are in the database, and not if they are rolled back."""
    hooks = _hooks(session)
    if hook not in hooks:
        hooks.append(hook)


def _hooks(session: AsyncSession) -> list[Callable[[], None]]:
    hooks: list[Callable[[], None]] = session.info.setdefault("after_commit", [])
    return hooks


def _configure_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we emit BEGIN ourselves
    cursor = connection.cursor()
    for pragma in (*PRAGMAS, f"busy_timeout={BUSY_TIMEOUT_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options: Any = connection.get_execution_options()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get(_WRITES) else "BEGIN")
