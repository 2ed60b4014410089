"""The data folder: there, writable, with space left, and read by nobody but the user who runs the product."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backend.process.refusals import refused

MIN_FREE_BYTES = 64 * 2**20
"""Less than this is too little for a start: a database's log grows to some megabytes before it is folded in."""
OTHERS = stat.S_IRWXG | stat.S_IRWXO
_PROBE_BYTES = 64 * 1024


def prepare(folder: Path) -> int:
    """Make the folder usable; from here on what this process writes is for its user only.

    Returns how many files and folders were readable by others and are no longer. Raises StartRefusedError, OSError.
    """
    os.umask(OTHERS)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (FileExistsError, NotADirectoryError) as error:
        raise refused("not_a_folder", path=folder) from error
    except OSError as error:
        raise refused("folder_not_made", path=folder) from error
    closed = close_to_others(folder)
    free = shutil.disk_usage(folder).free
    if free < MIN_FREE_BYTES:
        raise refused("little_space", path=folder, free=free // 2**20, least=MIN_FREE_BYTES // 2**20)
    _try_writing(folder)
    return closed


def close_to_others(folder: Path) -> int:
    """Take from group and others what they may do in the folder; returns of how many files. Raises StartRefusedError."""
    closed = 0
    for path in (folder, *_below(folder)):
        try:
            mode = path.lstat().st_mode
            if mode & OTHERS and not stat.S_ISLNK(mode):
                path.chmod(stat.S_IMODE(mode) & ~OTHERS)
                closed += 1
        except FileNotFoundError:  # gone since it was listed
            continue
        except OSError as error:
            raise refused("readable_by_others", path=folder) from error
    return closed


def _below(folder: Path) -> Iterator[Path]:
    for place, folders, files in os.walk(folder):  # links are not followed
        yield from (Path(place, name) for name in (*folders, *files))


def _try_writing(folder: Path) -> None:
    """Space may be counted and yet not be ours: a quota, a limit, a disk mounted read-only. Raises OSError."""
    with tempfile.TemporaryFile(dir=folder) as probe:
        probe.write(bytes(_PROBE_BYTES))
        probe.flush()
        os.fsync(probe.fileno())
