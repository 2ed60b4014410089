"""Likeness of a sentence to items: TF-IDF over character n-grams, each item known by many short texts.

An item scores by its most similar text and by all its texts together: one close example is enough, and agreement of many
raises it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, vstack
from sklearn.feature_extraction.text import TfidfVectorizer

CLOSEST_WEIGHT = 0.65
"""Share of the closest text in the score; the rest is the item as a whole."""

DIGITS = 9
"""The digits after depend on the processor; items as alike in these stand in their own order."""


class Similarity:
    """Immutable index of texts by item code."""

    def __init__(self, texts: Mapping[str, Sequence[str]]) -> None:
        self._codes = list(texts)
        self._empty = not any(texts.values())
        if self._empty:
            return
        self._vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
        owners = [place for place, code in enumerate(self._codes) for _ in texts[code]]
        each = self._vectorizer.fit_transform([text for code in self._codes for text in texts[code]])
        wholes = self._vectorizer.transform([" ".join(texts[code]) for code in self._codes])
        self._columns: csr_matrix = vstack([each, wholes]).T.tocsr()  # by n-gram: a sentence touches only its own
        self._texts = len(owners)
        self._starts = np.searchsorted(np.array(owners), np.arange(len(self._codes)))

    def scores(self, text: str) -> list[tuple[str, float]]:
        """(code, score between 0 and 1), best first."""
        if self._empty or not text:
            return []
        likeness: NDArray[np.float64] = (self._vectorizer.transform([text]) @ self._columns).toarray().ravel()
        closest = np.maximum.reduceat(likeness[: self._texts], self._starts)
        whole = likeness[self._texts :]
        total = CLOSEST_WEIGHT * closest + (1 - CLOSEST_WEIGHT) * whole
        best = np.argsort(-np.round(total, DIGITS), kind="stable")[:8]
        return [(self._codes[place], float(total[place])) for place in best if total[place] > 0]
