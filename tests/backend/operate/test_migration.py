"""``./daoban migration``: the tables as they are declared are the tables that the migrations make."""

from __future__ import annotations

from pathlib import Path

import pytest

from backend import migrations
from backend.operate.command_line import main


def test_nothing_is_written_while_the_tables_are_as_migrated(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever changes a table and forgets its migration fails here."""
    versions = Path(migrations.__file__).parent / "versions"
    before = {file.name for file in versions.glob("*.py")}
    assert main(["migration", "Nothing has changed"]) == 0
    written = {file for file in versions.glob("*.py") if file.name not in before}
    for file in written:
        file.unlink()
    assert not written, f"a table differs: {capsys.readouterr().out}"
    assert "不用写迁移" in capsys.readouterr().out
