"""The model that comes with the content: taken where it fits, never where it does not."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

import pytest

from assistant import training
from assistant.training import deliver, model_path, train


@pytest.fixture(autouse=True)
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What was trained; the model is small."""
    trained: list[Path] = []

    def write(target: Path) -> None:
        trained.append(target)
        put_model(target, b"trained here")

    monkeypatch.setattr(training, "_train_to", write)
    return trained


def put_model(path: Path, content: bytes) -> None:
    """A whole archive, as Rasa writes them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(path, "w:gz") as archive:
        member = tarfile.TarInfo("metadata.json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))


def ignored(_line: str) -> None:
    """Nobody listens."""


def test_a_first_start_takes_the_model_that_came_along(tmp_path: Path, trainings: list[Path]) -> None:
    """Nothing is trained."""
    put_model(model_path(tmp_path / "delivered"), b"delivered")
    model = train(tmp_path / "models", ignored, if_changed=True, delivered=tmp_path / "delivered")
    assert model.read_bytes() == model_path(tmp_path / "delivered").read_bytes()
    assert trainings == []


def test_a_model_of_other_inputs_is_not_taken(tmp_path: Path, trainings: list[Path]) -> None:
    """Its name is the digest of what it was trained from."""
    put_model(tmp_path / "delivered" / "0123456789abcdef.tar.gz", b"of another content")
    model = train(tmp_path / "models", ignored, if_changed=True, delivered=tmp_path / "delivered")
    assert trainings == [model]


def test_a_damaged_one_is_not_taken(tmp_path: Path, trainings: list[Path]) -> None:
    """Cut while it was copied: trained as if it were not there."""
    whole = model_path(tmp_path / "delivered")
    put_model(whole, b"delivered" * 100)
    whole.write_bytes(whole.read_bytes()[:-20])
    train(tmp_path / "models", ignored, if_changed=True, delivered=tmp_path / "delivered")
    assert len(trainings) == 1


def test_who_asks_for_a_training_gets_one(tmp_path: Path, trainings: list[Path]) -> None:
    """`./daoban train` trains, whatever lies there."""
    put_model(model_path(tmp_path / "delivered"), b"delivered")
    train(tmp_path / "models", ignored, if_changed=False, delivered=tmp_path / "delivered")
    assert len(trainings) == 1


def test_what_is_delivered_takes_the_place_of_an_older_one(tmp_path: Path, trainings: list[Path]) -> None:
    """One model is committed, never two."""
    put_model(tmp_path / "delivered" / "0123456789abcdef.tar.gz", b"older")
    kept = deliver(tmp_path / "models", ignored, to=tmp_path / "delivered")
    assert list((tmp_path / "delivered").glob("*.tar.gz")) == [kept]
    assert kept.read_bytes() == model_path(tmp_path / "models").read_bytes()
    assert deliver(tmp_path / "models", ignored, to=tmp_path / "delivered") == kept
    assert len(trainings) == 1
