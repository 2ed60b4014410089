"""How dangerous a sentence sounds, of which kind, and whose danger it is.

One small network (network_training.py) over character n-grams and groups of words, with a label a kind of danger and one for
none; beside it a linear model that tells whose. The network hears 7 to 20 of 100 sentences more than a linear one at the same false
alarms, on hands that were not learnt from; the groups of words another 3 to 9 (28 November 2026). Weights are kept in 8 bits.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier
from threadpoolctl import threadpool_limits

from assistant.understanding.danger_concepts import concept_columns, concept_rows
from assistant.understanding.danger_examples import NONE, DangerExample
from assistant.understanding.danger_kinds import DangerKind, Whose
from assistant.understanding.grams import (
    Weights,
    from_whole_numbers,
    gram_vectorizer,
    grams_of,
    kept_vectorizer,
    to_whole_numbers,
)
from assistant.understanding.linear import ALPHA, INTERCEPTS_GRID, LARGEST, Vector
from assistant.understanding.linear import ROUNDS as LINEAR_ROUNDS
from assistant.understanding.network_training import train
from assistant.understanding.normaliser import normalise
from assistant.understanding.seed import SEED

RAREST = 2
WIDTH, ROUNDS = 64, 4
TIMES = 4
"""So often a dangerous sentence is shown for each time that a harmless one is: there are ten times as many of those."""
LEAST_KNOWN = 0.25
"""Share of the pairs of characters of a sentence."""
UNKNOWN = -3.0
LABELS = (*DangerKind, NONE)


@dataclass(frozen=True, slots=True)
class SoundsDangerous:
    """What the model makes of a sentence. ``margin``: log-odds of danger, on the scale that danger.yml's thresholds are on."""

    margin: float
    kind: DangerKind
    whose: Whose


@dataclass(frozen=True)
class DangerModel:
    """The learnt weights; immutable."""

    _vectorizer: TfidfVectorizer
    _first: Weights
    """(features, width and one more column for whose)."""
    _first_bias: Vector
    _second: Weights
    """(width, labels)."""
    _second_bias: Vector

    @classmethod
    def fit(cls, examples: Sequence[DangerExample], seed: int = SEED) -> DangerModel:
        """Learn; every kind and both of whose must be among the examples."""
        vectorizer = gram_vectorizer(rarest=RAREST)
        texts = [normalise(example.text) for example in examples]
        rows = hstack([vectorizer.fit_transform(texts), concept_rows(texts)]).tocsr()
        place = {str(label): number for number, label in enumerate(LABELS)}
        labels = np.array([place[str(example.kind)] for example in examples])
        dangerous = labels != place[NONE]
        harmless = np.arange(len(LABELS)) == place[NONE]
        shown = np.concatenate([np.arange(len(labels)), *[np.flatnonzero(dangerous)] * (TIMES - 1)])
        with threadpool_limits(limits=1):
            layers = train(
                rows[shown], labels[shown], harmless[:, None] == harmless, (seed, 0), width=WIDTH, rounds=ROUNDS
            )
        others = np.array([example.whose == Whose.OTHER for example in examples])
        whose = _whose(rows[dangerous], others[dangerous], seed)
        first = np.concatenate([layers.first, whose.coef_.T], axis=1).astype(np.float32)
        bias = np.concatenate([layers.first_bias, np.rint(whose.intercept_ * INTERCEPTS_GRID) / INTERCEPTS_GRID])
        return cls(vectorizer, first, bias, layers.second, layers.second_bias.astype(np.float64))

    def hear(self, text: str) -> SoundsDangerous:
        """Judge a sentence as it was typed."""
        said = normalise(text)
        row = self._vectorizer.transform([said])
        columns = concept_columns(said)
        begin = len(self._vectorizer.vocabulary_)
        places = np.concatenate([row.indices, np.fromiter(columns, np.int64) + begin])
        sums = (
            np.concatenate([row.data, np.fromiter(columns.values(), np.float64)]) @ self._first[places]
            + self._first_bias
        )
        scores: Vector = np.maximum(sums[:-1], 0) @ self._second + self._second_bias
        kind = int(np.argmax(scores[:-1]))
        margin = float(np.logaddexp.reduce(scores[:-1]) - scores[-1])
        margin = margin if self._is_known(said) else min(margin, UNKNOWN)
        return SoundsDangerous(margin, tuple(DangerKind)[kind], Whose.OTHER if sums[-1] > 0 else Whose.SELF)

    def _is_known(self, said: str) -> bool:
        """Whether enough of a sentence was met in learning: of noise, the one known character would decide alone."""
        pairs = [said[place : place + 2] for place in range(len(said) - 1)]
        return sum(pair in self._vectorizer.vocabulary_ for pair in pairs) >= LEAST_KNOWN * max(1, len(pairs))

    def to_bytes(self) -> bytes:
        """As kept in the model."""
        first, scale = to_whole_numbers(self._first, LARGEST)
        out = io.BytesIO()
        np.savez_compressed(
            out,
            grams=np.array("\n".join(grams_of(self._vectorizer))),
            idf=self._vectorizer.idf_.astype(np.float32),
            first=first,
            scale=scale,
            first_bias=self._first_bias,
            second=self._second,
            second_bias=self._second_bias,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> DangerModel:
        """Read what ``to_bytes`` gave."""
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            vectorizer = kept_vectorizer(str(kept["grams"]).split("\n"), kept["idf"])
            first = from_whole_numbers(kept["first"], kept["scale"])
            return cls(vectorizer, first, kept["first_bias"], kept["second"], kept["second_bias"])


def _whose(rows: csr_matrix, others: object, seed: int) -> SGDClassifier:
    return SGDClassifier(
        loss="log_loss", alpha=ALPHA, max_iter=LINEAR_ROUNDS, random_state=seed, class_weight="balanced"
    ).fit(rows, others)
