"""How a process starts: a private data folder, one at a time, refusals in one sentence."""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from backend.process import data_folder
from backend.process.data_folder import prepare
from backend.process.locks import HeldElsewhereError, ProcessLock
from backend.process.refusals import READER_GONE, StartRefusedError, refusals_told, sentence_of
from backend.process.storage_faults import StorageFault, fault_of
from backend.telemetry.settings import START_REFUSED

ROOT = Path(__file__).parents[3]


def mode(path: Path) -> int:
    """Who may do what."""
    return stat.S_IMODE(path.stat().st_mode)


def test_nobody_else_reads_the_data_folder_nor_what_is_in_it(tmp_path: Path) -> None:
    """What an older version or a copy left open is closed; what is written from now on is closed from the start."""
    folder = tmp_path / "data"
    (folder / "logs").mkdir(parents=True)
    for name in ("daoban.db", "logs/backend.log"):
        (folder / name).touch()
        (folder / name).chmod(0o644)
    outside = tmp_path / "outside"
    outside.touch()
    outside.chmod(0o644)
    (folder / "link").symlink_to(outside)
    before = os.umask(0o022)
    try:
        assert prepare(folder) >= 2
        assert prepare(folder) == 0
        (folder / "new").touch()
    finally:
        os.umask(before)
    assert mode(folder) == mode(folder / "logs") == 0o700
    assert {mode(folder / name) for name in ("daoban.db", "logs/backend.log", "new")} == {0o600}
    assert mode(outside) == 0o644, "what a link leads to is not ours"


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    """And one below a file."""
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(StartRefusedError, match="不是文件夹"):
            prepare(path)


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write")
def test_a_data_folder_that_cannot_be_made_is_refused() -> None:
    """Not even by root."""
    with pytest.raises(StartRefusedError, match="请换一个能写的地方"):
        prepare(Path("/proc/daoban"))


def test_a_start_without_space_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before anything is written."""
    monkeypatch.setattr(data_folder, "MIN_FREE_BYTES", 2**80)
    with pytest.raises(StartRefusedError, match="请腾出空间再启动"):
        prepare(tmp_path)


def test_one_process_has_a_lock_and_says_who_it_is(tmp_path: Path) -> None:
    """A lock that is given back can be taken; one that is held tells where its holder is reached."""
    first, second = ProcessLock(tmp_path / "lock"), ProcessLock(tmp_path / "lock")
    first.take("http://127.0.0.1:8700")
    with pytest.raises(HeldElsewhereError) as held:
        second.take()
    assert held.value.holder is not None
    assert (held.value.holder.pid, held.value.holder.address) == (os.getpid(), "http://127.0.0.1:8700")
    first.give_back()
    second.take()
    second.give_back()


def of_sqlite(name: str) -> sqlite3.OperationalError:
    """An error as sqlite3 raises it."""
    error = sqlite3.OperationalError(name)
    error.sqlite_errorcode = getattr(sqlite3, name)
    return error


class OfPostgres(Exception):
    """An error with a SQLSTATE."""

    sqlstate = "53100"


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (of_sqlite("SQLITE_FULL"), StorageFault.DISK_FULL),
        (of_sqlite("SQLITE_IOERR_WRITE"), StorageFault.DISK_FULL),
        (of_sqlite("SQLITE_IOERR_READ"), StorageFault.UNREADABLE),
        (of_sqlite("SQLITE_BUSY"), StorageFault.BUSY),
        (of_sqlite("SQLITE_BUSY_SNAPSHOT"), StorageFault.BUSY),
        (of_sqlite("SQLITE_CORRUPT"), StorageFault.DAMAGED),
        (of_sqlite("SQLITE_NOTADB"), StorageFault.DAMAGED),
        (of_sqlite("SQLITE_READONLY"), StorageFault.READ_ONLY),
        (of_sqlite("SQLITE_CONSTRAINT"), None),
        (OperationalError("INSERT", {}, of_sqlite("SQLITE_FULL")), StorageFault.DISK_FULL),
        (OperationalError("INSERT", {}, OfPostgres()), StorageFault.DISK_FULL),
        (OSError(errno.EDQUOT, "quota"), StorageFault.DISK_FULL),
        (PermissionError(errno.EACCES, "denied"), StorageFault.READ_ONLY),
        (ConnectionRefusedError(errno.ECONNREFUSED, "refused"), StorageFault.AWAY),
        (FileNotFoundError(errno.ENOENT, "gone"), None),
        (ValueError("x"), None),
    ],
)
def test_what_is_wrong_with_the_storage_is_known_whoever_complains(
    error: Exception, fault: StorageFault | None
) -> None:
    """SQLite, PostgreSQL, the system; wrapped or not."""
    assert fault_of(error) is fault
    assert (sentence_of(error) is None) == (fault is None)


def test_a_refusal_is_one_sentence_and_a_fault_of_ours_is_not_hidden(capsys: pytest.CaptureFixture[str]) -> None:
    """Status 3; what nobody foresaw still says where it was."""

    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device", "/data/x")

    assert refusals_told(full) == START_REFUSED
    assert (
        capsys.readouterr().err
        == "磁盘满了，写不进去：/data/x。请删掉不用的文件，腾出空间再启动；已经保存的数据都还在。\n"
    )
    with pytest.raises(ZeroDivisionError):
        refusals_told(lambda: 1 // 0)


@pytest.mark.running
@pytest.mark.parametrize("command", [("permissions",), ("retention", "show")])
def test_whoever_stops_reading_sees_no_traceback(command: tuple[str, ...]) -> None:
    """``./daoban permissions | head -1``."""
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "backend.operate", *command],
        cwd=ROOT,
        stdout=writing,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        check=False,
    )
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == READER_GONE
