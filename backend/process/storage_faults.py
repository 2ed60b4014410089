"""What is wrong with a disk or a database, whichever library complains: SQLite's codes, PostgreSQL's SQLSTATE, errno."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum


class StorageFault(StrEnum):
    """Why something could not be read or written."""

    DISK_FULL = "disk_full"
    BUSY = "busy"
    READ_ONLY = "read_only"
    DAMAGED = "damaged"
    UNREADABLE = "unreadable"
    AWAY = "away"


_SQLITE = {
    sqlite3.SQLITE_FULL: StorageFault.DISK_FULL,
    sqlite3.SQLITE_BUSY: StorageFault.BUSY,
    sqlite3.SQLITE_LOCKED: StorageFault.BUSY,
    sqlite3.SQLITE_READONLY: StorageFault.READ_ONLY,
    sqlite3.SQLITE_PERM: StorageFault.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: StorageFault.DAMAGED,
    sqlite3.SQLITE_NOTADB: StorageFault.DAMAGED,
    sqlite3.SQLITE_CANTOPEN: StorageFault.UNREADABLE,
    sqlite3.SQLITE_IOERR: StorageFault.UNREADABLE,
}
"""Primary result codes (https://www.sqlite.org/rescode.html)."""
_WRITES_THAT_FAILED = {
    sqlite3.SQLITE_IOERR_WRITE,
    sqlite3.SQLITE_IOERR_FSYNC,
    sqlite3.SQLITE_IOERR_TRUNCATE,
    sqlite3.SQLITE_IOERR_SHMSIZE,
}
"""What SQLite says instead of SQLITE_FULL where a quota, a file size limit or its shared memory file ends the disk."""
_ERRNO = {
    errno.ENOSPC: StorageFault.DISK_FULL,
    errno.EDQUOT: StorageFault.DISK_FULL,
    errno.EFBIG: StorageFault.DISK_FULL,
    errno.EROFS: StorageFault.READ_ONLY,
    errno.EACCES: StorageFault.READ_ONLY,
    errno.EPERM: StorageFault.READ_ONLY,
    errno.EIO: StorageFault.UNREADABLE,
    errno.ECONNREFUSED: StorageFault.AWAY,
    errno.ECONNRESET: StorageFault.AWAY,
    errno.EHOSTUNREACH: StorageFault.AWAY,
}
_SQLSTATE = {
    "53100": StorageFault.DISK_FULL,
    "53": StorageFault.BUSY,
    "55P03": StorageFault.BUSY,
    "40": StorageFault.BUSY,
    "25006": StorageFault.READ_ONLY,
    "XX": StorageFault.DAMAGED,
    "58": StorageFault.UNREADABLE,
    "57": StorageFault.AWAY,
    "08": StorageFault.AWAY,
}
"""PostgreSQL's codes, or their classes (https://www.postgresql.org/docs/current/errcodes-appendix.html)."""


def fault_of(error: BaseException) -> StorageFault | None:
    """What is wrong with the storage, if that is what the error, or what caused it, complains of."""
    for cause in _causes(error):
        fault = _of_sqlite(cause) or _of_postgresql(cause) or _of_system(cause)
        if fault is not None:
            return fault
    return None


def path_of(error: BaseException) -> str:
    """The file that the system complained of; empty where it names none."""
    named = (cause.filename for cause in _causes(error) if isinstance(cause, OSError) and cause.filename)
    return str(next(named, ""))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what SQLAlchemy wrapped, and what was raised from."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        cause = waiting.pop(0)
        if isinstance(cause, BaseException) and id(cause) not in seen:
            seen.add(id(cause))
            yield cause
            waiting += [getattr(cause, "orig", None), cause.__cause__]


def _of_sqlite(error: BaseException) -> StorageFault | None:
    code = getattr(error, "sqlite_errorcode", None)
    if not isinstance(error, sqlite3.Error) or code is None:
        return None
    return StorageFault.DISK_FULL if code in _WRITES_THAT_FAILED else _SQLITE.get(code & 0xFF)


def _of_postgresql(error: BaseException) -> StorageFault | None:
    code = getattr(error, "sqlstate", None) or getattr(error, "pgcode", None)
    return (_SQLSTATE.get(code) or _SQLSTATE.get(code[:2])) if isinstance(code, str) else None


def _of_system(error: BaseException) -> StorageFault | None:
    return _ERRNO.get(error.errno) if isinstance(error, OSError) and error.errno is not None else None
