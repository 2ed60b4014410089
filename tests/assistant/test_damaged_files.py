"""A damaged file of the assistant's is set aside, told, and made anew: model, tracker, snapshot of the catalogue."""

from __future__ import annotations

import io
import sqlite3
import tarfile
from pathlib import Path

import pytest

from assistant import tracker, training
from assistant.server import Assistant, _reason
from assistant.settings import Settings
from backend.telemetry.settings import MODEL_UNUSABLE


def model(path: Path) -> bytes:
    """An archive as Rasa writes them, in small."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        for name in ("metadata.json", "components/x"):
            member = tarfile.TarInfo(name)
            member.size = 5000
            archive.addfile(member, io.BytesIO(bytes(range(250)) * 20))
    return path.read_bytes()


@pytest.mark.parametrize("kind", ["cut", "changed", "empty", "something else"])
def test_a_damaged_model_is_set_aside_and_trained_anew(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However it is damaged; the damaged one is kept beside, the operator hears of both."""
    target = training.model_path(tmp_path)
    whole = model(target)
    assert not training.is_damaged(target)
    middle = len(whole) // 2
    content = {
        "cut": whole[:middle],
        "changed": whole[:middle] + bytes([whole[middle] ^ 255]) + whole[middle + 1 :],
        "empty": b"",
        "something else": b"<html>",
    }[kind]
    target.write_bytes(content)
    monkeypatch.setattr(training, "_train_to", lambda path: path.write_bytes(whole))
    told: list[str] = []
    assert training.train(tmp_path, told.append, if_changed=True, delivered=tmp_path / "none") == target
    assert target.read_bytes() == whole
    assert target.with_name(target.name + ".damaged").read_bytes() == content
    assert "模型文件坏了" in told[0]
    assert training.train(tmp_path, lambda line: pytest.fail(line), if_changed=True) == target


def test_a_damaged_tracker_is_set_aside(tmp_path: Path) -> None:
    """It is a cache. A whole one stays."""
    file = tmp_path / "tracker.db"
    with sqlite3.connect(file) as store:
        store.execute("CREATE TABLE events (data TEXT)")
        store.executemany("INSERT INTO events VALUES (?)", [("x" * 500,)] * 200)
    store.close()
    told: list[str] = []
    tracker.set_aside_damaged(file, told.append)
    assert (told, file.exists()) == ([], True)
    file.write_bytes(b"\xff" * 4096 + file.read_bytes()[4096:])
    tracker.set_aside_damaged(file, told.append)
    assert not file.exists()
    assert (tmp_path / "tracker.db.damaged").exists()
    assert "记忆文件坏了" in told[0]


def test_an_assistant_that_cannot_load_says_whether_training_would_help(tmp_path: Path) -> None:
    """Its status tells the supervisor."""
    settings = Settings(data=tmp_path)
    assert _reason(settings)[0] == MODEL_UNUSABLE, "there is none"
    target = training.model_path(settings.models)
    whole = model(target)
    assert _reason(settings)[0] == 1, "the model is whole: it is something else"
    target.write_bytes(whole[:100])
    assert _reason(settings)[0] == MODEL_UNUSABLE


def test_a_damaged_snapshot_is_no_reason_not_to_start(tmp_path: Path) -> None:
    """The backend gives the index again."""
    (tmp_path / "secrets").mkdir()
    for name in ("connectors", "operations", "assistant"):
        (tmp_path / "secrets" / f"{name}.token").write_text("t")
    (tmp_path / "catalogue_index.json").write_text('{"version": 1, "ite')
    Assistant(Settings(data=tmp_path))._begin_with_snapshot()
