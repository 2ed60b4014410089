"""One process at a time: a locked file that says who holds it. The system frees it when the process ends, however that is."""

from __future__ import annotations

import fcntl
import os
from contextlib import suppress
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

MAX_BYTES = 4096


def training_lock(data: Path) -> Path:
    """The file that is locked while ``./daoban up`` trains the assistant of a data folder."""
    return data / "training.lock"


class Holder(BaseModel):
    """Who holds a lock."""

    model_config = ConfigDict(frozen=True)

    pid: int
    address: str = ""
    """Where it serves HTTP; empty for a command that ends by itself."""


class HeldElsewhereError(Exception):
    """Another process has the lock; ``holder`` is None where it has not said who it is."""

    def __init__(self, path: Path, holder: Holder | None) -> None:
        super().__init__(str(path))
        self.holder = holder


class ProcessLock:
    """A lock on a file (flock). It is not inherited by programs that are started."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self, address: str = "") -> None:
        """Take it at once. Raises HeldElsewhereError."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = _read(handle)
            os.close(handle)
            raise HeldElsewhereError(self._path, holder) from error
        self._handle = handle
        self.tell(address)

    def tell(self, address: str) -> None:
        """Say who holds it."""
        if self._handle is not None:
            with suppress(OSError):  # a full disk: it is locked all the same
                os.ftruncate(self._handle, 0)
                os.pwrite(self._handle, Holder(pid=os.getpid(), address=address).model_dump_json().encode(), 0)

    def give_back(self) -> None:
        """Let others have it."""
        if self._handle is not None:
            with suppress(OSError):
                os.ftruncate(self._handle, 0)
            os.close(self._handle)
            self._handle = None


def is_held(path: Path) -> bool:
    """Whether a process holds the lock now; False where there is no such file."""
    try:
        handle = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _read(handle: int) -> Holder | None:
    try:
        return Holder.model_validate_json(os.pread(handle, MAX_BYTES, 0))
    except ValidationError:
        return None
