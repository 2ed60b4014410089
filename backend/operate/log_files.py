"""A part's log file: a new one each day and above a size, old ones removed after some days. A full disk loses lines, nothing else."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from backend.platform.clock import Clock, SystemClock, local

MAX_LAST_WORDS = 4_000
"""Bytes of the end that are kept in memory, for whoever asks why the part ended."""
KEPT_PER_DAY = 5
"""Above this many files of a part times the days kept, the oldest go: a part that only complains fills no disk."""


class RotatingLog:
    """The log of one part. ``<part>.log`` is written; what was before is ``<part>.<when it ended>.log``."""

    def __init__(self, file: Path, *, max_bytes: int, days: int, clock: Clock | None = None) -> None:
        self.file = file
        self._max_bytes = max_bytes
        self._days = days
        self._clock = clock or SystemClock()
        self._open: IO[bytes] | None = None
        self._pending = b""
        self._last = b""

    def write(self, said: bytes) -> None:
        """Add what the part has said. Whole lines are written, so that no line is torn by a new file."""
        self._last = (self._last + said)[-MAX_LAST_WORDS:]
        lines, newline, rest = (self._pending + said).rpartition(b"\n")
        self._pending = rest[-MAX_LAST_WORDS:]
        if newline:
            self._append(lines + newline)

    def close(self) -> None:
        """Write what is left and close the file."""
        if self._pending:
            self._append(self._pending + b"\n")
            self._pending = b""
        if self._open is not None:
            with suppress(OSError):
                self._open.close()
            self._open = None

    def begin(self) -> None:
        """A new process of the part: what its predecessor said last is not its own."""
        self._last = b""

    @property
    def last_words(self) -> str:
        """The last line that the process said; empty where it said nothing."""
        return self._last.decode("utf-8", "replace").strip().rpartition("\n")[2]

    def _append(self, lines: bytes) -> None:
        with suppress(OSError):
            if self._is_due(len(lines)):
                self._rotate()
            if self._open is None:
                self._open = os.fdopen(os.open(self.file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab", 0)
            self._open.write(lines)

    def _is_due(self, coming: int) -> bool:
        try:
            found = self.file.stat()
        except FileNotFoundError:
            return False
        written = datetime.fromtimestamp(found.st_mtime, tz=self._clock.now().tzinfo)
        another_day = local(written).date() != local(self._clock.now()).date()
        return found.st_size > 0 and (another_day or found.st_size + coming > self._max_bytes)

    def _rotate(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None
        stamp = f"{local(self._clock.now()):%Y%m%d-%H%M%S}-{time.monotonic_ns() % 10**9:09d}"
        self.file.rename(self.file.with_name(f"{self.file.stem}.{stamp}.log"))
        self._forget_old()

    def _forget_old(self) -> None:
        before = (self._clock.now() - timedelta(days=self._days)).timestamp()
        old = sorted(self.file.parent.glob(f"{self.file.stem}.*.log"), reverse=True)
        for place, path in enumerate(old):
            if place >= KEPT_PER_DAY * self._days or path.stat().st_mtime < before:
                path.unlink()
