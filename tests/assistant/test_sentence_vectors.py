"""Sentence vectors: nearness in meaning, kept in a file that processes share, and nothing of what citizens write in it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from assistant.semantics import vectors
from assistant.semantics.vectors import FILE, SentenceVectors, ordinary_sentences

CARD = "社保卡没有开通银行功能，钱打不进去。"
SIGN = "单位不肯盖章的，您自己也可以申请。"


@pytest.fixture
def kept(tmp_path: Path) -> SentenceVectors:
    """Vectors kept in a new folder."""
    made = SentenceVectors()
    made.keep_in(tmp_path / "models")
    return made


def test_the_same_thing_in_other_words_is_nearer(kept: SentenceVectors) -> None:
    """「老板不签字」 shares no word with 「单位不肯盖章」."""
    likeness = kept.passages([CARD, SIGN]) @ kept.question("老板不签字怎么办")
    assert likeness[1] > likeness[0] + 0.05


def test_every_vector_is_of_unit_length(kept: SentenceVectors) -> None:
    """Their product is a likeness."""
    lengths = np.linalg.norm([*kept.passages([CARD, SIGN]), kept.question("要带什么")], axis=1)
    assert lengths == pytest.approx(1.0, abs=1e-5)


def test_passages_are_made_once_for_all_processes(
    kept: SentenceVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process reads them from the file."""
    made = kept.passages([CARD, SIGN])
    monkeypatch.setattr(vectors, "_model", lambda: pytest.fail("made again"))
    other = SentenceVectors()
    other.keep_in(tmp_path / "models")
    assert np.allclose(other.passages([SIGN, CARD]), made[::-1], atol=1e-2)


def test_a_new_installation_begins_with_the_vectors_that_came_along(
    kept: SentenceVectors, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is made again; a file that is there already stays."""
    made = kept.passages([CARD, SIGN])
    monkeypatch.setattr(vectors, "_model", lambda: pytest.fail("made again"))
    other = SentenceVectors()
    other.keep_in(tmp_path / "new", tmp_path / "models" / FILE)
    assert np.allclose(other.passages([CARD, SIGN]), made, atol=1e-2)
    before = (tmp_path / "new" / FILE).read_bytes()
    SentenceVectors().keep_in(tmp_path / "new", tmp_path / "nowhere" / FILE)
    assert (tmp_path / "new" / FILE).read_bytes() == before


def test_what_a_citizen_asks_is_kept_nowhere(kept: SentenceVectors, tmp_path: Path) -> None:
    """The file holds the ordinary sentences and the passages, nothing else."""
    kept.passages([CARD])
    kept.question("我是和秀英，老板不给我钱")
    with sqlite3.connect(tmp_path / "models" / FILE) as file:
        (count,) = file.execute("SELECT count(*) FROM sentence_vectors").fetchone()
    ordinary = ordinary_sentences()
    assert count == len(ordinary.questions) + len(ordinary.passages) + 1


def test_a_file_that_cannot_be_used_stops_nobody(kept: SentenceVectors, tmp_path: Path) -> None:
    """The vectors are made, and made again at the next start."""
    expected = kept.passages([CARD])
    (tmp_path / "models" / FILE).unlink()
    (tmp_path / "models" / FILE).mkdir()
    fresh = SentenceVectors()
    fresh.keep_in(tmp_path / "models")
    assert np.allclose(fresh.passages([CARD]), expected, atol=1e-2)


def test_a_damaged_file_is_begun_anew(kept: SentenceVectors, tmp_path: Path) -> None:
    """What was in it is made again."""
    expected = kept.passages([CARD])
    (tmp_path / "models" / FILE).write_bytes(b"no database at all" * 300)
    fresh = SentenceVectors()
    fresh.keep_in(tmp_path / "models")
    assert np.allclose(fresh.passages([CARD]), expected, atol=1e-2)
