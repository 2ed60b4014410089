"""Space on the disk of the data folder: the operator is told before it is too late, and when it is over."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Literal

from backend.process.refusals import sentence

LOW_BYTES = 500 * 2**20
FULL_BYTES = 16 * 2**20
SpaceLeft = Literal["enough", "low", "full"]


class DiskWatch:
    """Looks from time to time; tells a change once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._before: SpaceLeft = "enough"

    def look(self) -> str:
        """What the operator should hear now; empty where nothing has changed."""
        free = self._free()
        now: SpaceLeft = "full" if free < FULL_BYTES else "low" if free < LOW_BYTES else "enough"
        if now == self._before:
            return ""
        self._before = now
        return sentence(f"disk_now_{now}", path=self._folder.parent, free=free // 2**20)

    def _free(self) -> int:
        return shutil.disk_usage(self._folder).free
