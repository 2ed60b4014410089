"""Logs of the parts: a new file each day and above a size, old ones go, a full disk ends nothing."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from backend.operate.log_files import RotatingLog
from backend.platform.clock import SetClock, SystemClock


def files(folder: Path) -> list[str]:
    """What each file holds, oldest first; the one that is written last."""
    old = sorted(folder.glob("backend.*.log"))
    return [path.read_text() for path in [*old, *folder.glob("backend.log")]]


def test_a_file_begins_anew_above_its_size_and_no_line_is_torn(tmp_path: Path) -> None:
    """However the part's output comes in pieces."""
    log = RotatingLog(tmp_path / "backend.log", max_bytes=20, days=3)
    for piece in (b"first line\nsec", b"ond line\n", b"third ", b"line\n", b"unfinished"):
        log.write(piece)
    assert log.last_words == "unfinished"
    log.close()
    assert files(tmp_path) == ["first line\n", "second line\n", "third line\n", "unfinished\n"]
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}


def test_a_file_begins_anew_each_day_and_old_ones_are_removed(tmp_path: Path) -> None:
    """By the centre's own date."""
    clock = SetClock(SystemClock().now())
    log = RotatingLog(tmp_path / "backend.log", max_bytes=10_000, days=3, clock=clock)
    log.write(b"today\n")
    clock.move(timedelta(days=1))
    log.write(b"tomorrow\n")
    assert files(tmp_path) == ["today\n", "tomorrow\n"]
    (old,) = tmp_path.glob("backend.*.log")
    past = (clock.now() - timedelta(days=4)).timestamp()
    os.utime(old, (past, past))
    (tmp_path / "assistant.20200101-000000-000000000.log").write_text("of another part\n")
    os.utime(tmp_path / "backend.log", (past, past))
    log.write(b"later\n")
    assert files(tmp_path) == ["later\n"]
    assert len(list(tmp_path.glob("assistant.*"))) == 1


def test_a_log_that_cannot_be_written_loses_lines_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is full; why the part ended is known all the same. With space, lines are written again."""
    log = RotatingLog(tmp_path / "backend.log", max_bytes=10_000, days=3)

    def full(*_told: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as filled:
        filled.setattr(os, "open", full)
        log.write("钥匙不在，不启动。\n".encode())
    assert log.last_words == "钥匙不在，不启动。"
    log.begin()
    assert log.last_words == ""
    log.write(b"again\n")
    assert files(tmp_path) == ["again\n"]
