"""A linear classifier over character n-grams: small, trained in seconds, read in microseconds.

One-against-the-rest logistic regression by stochastic gradient descent, seeded. StoredIdentifier as whole numbers of 8 bits a weight
with one scale a label: the file is a tenth of the size and the ranking the same (measured on nlu_data).
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

from assistant.understanding.grams import (
    Weights,
    from_whole_numbers,
    gram_vectorizer,
    grams_of,
    kept_vectorizer,
    to_whole_numbers,
)
from assistant.understanding.seed import SEED

ALPHA = 1e-5
"""Strength of regularisation."""
ROUNDS = 40
RAREST = 2
LARGEST = 127
INTERCEPTS_GRID = 2.0**20
"""Intercepts are kept as whole multiples of its inverse: their last digits depend on the processor."""

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class LinearModel:
    """Labels with their weights; immutable."""

    labels: tuple[str, ...]
    _vectorizer: TfidfVectorizer
    _weights: Weights
    """(features, labels)."""
    _intercepts: Vector

    @classmethod
    def fit(
        cls, texts: Sequence[str], labels: Sequence[str], *, balanced: bool = False, seed: int = SEED
    ) -> LinearModel:
        """Train on texts in normal form; three labels at least. ``balanced``: rare labels weigh as much as frequent."""
        vectorizer = gram_vectorizer(rarest=RAREST)
        features = vectorizer.fit_transform(texts)
        trained = SGDClassifier(
            loss="log_loss",
            alpha=ALPHA,
            max_iter=ROUNDS,
            random_state=seed,
            class_weight="balanced" if balanced else None,
        ).fit(features, labels)
        return cls(
            tuple(map(str, trained.classes_)), vectorizer, trained.coef_.T.astype(np.float32), trained.intercept_
        )

    def scores(self, text: str) -> Vector:
        """Log-probability of every label, in the order of ``labels``."""
        row = self._vectorizer.transform([text])
        scores: Vector = row.data @ self._weights[row.indices] + self._intercepts
        return np.asarray(log_softmax(scores), dtype=np.float64)

    def to_bytes(self) -> bytes:
        """As kept in the model."""
        weights, scale = to_whole_numbers(self._weights, LARGEST)
        out = io.BytesIO()
        np.savez_compressed(
            out,
            labels=np.array(self.labels),
            grams=np.array("\n".join(grams_of(self._vectorizer))),
            idf=self._vectorizer.idf_.astype(np.float32),
            weights=weights,
            scale=scale,
            intercepts=np.rint(self._intercepts * INTERCEPTS_GRID) / INTERCEPTS_GRID,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> LinearModel:
        """Read what ``to_bytes`` gave."""
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            vectorizer = kept_vectorizer(str(kept["grams"]).split("\n"), kept["idf"])
            weights = from_whole_numbers(kept["weights"], kept["scale"])
            return cls(tuple(map(str, kept["labels"])), vectorizer, weights, kept["intercepts"])
