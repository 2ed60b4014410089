"""Character n-grams of a sentence as a row of numbers, the same in learning and in use; and how weights are kept small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

LONGEST = 3

Weights = NDArray[np.float32]


def gram_vectorizer(*, rarest: int) -> TfidfVectorizer:
    """One that learns which n-grams there are; those of fewer than ``rarest`` sentences are left out."""
    return _vectorizer(min_df=rarest)


def kept_vectorizer(grams: Sequence[str], idf: NDArray[np.float32]) -> TfidfVectorizer:
    """One that has learnt before: its n-grams in their order, and how telling each is."""
    vectorizer = _vectorizer(vocabulary={gram: place for place, gram in enumerate(grams)})
    vectorizer.idf_ = idf
    return vectorizer


def grams_of(vectorizer: TfidfVectorizer) -> list[str]:
    """The n-grams in the order of the row."""
    return sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)


def to_whole_numbers(weights: Weights, largest: int) -> tuple[NDArray[np.int8], Weights]:
    """Whole numbers from ``-largest`` to ``largest`` (127 at most), and the scale of each column."""
    scale = np.maximum(np.abs(weights).max(axis=0), np.finfo(np.float32).tiny) / largest
    return np.round(weights / scale).astype(np.int8), scale.astype(np.float32)


def from_whole_numbers(kept: NDArray[np.int8], scale: Weights) -> Weights:
    """What ``to_whole_numbers`` made small."""
    return np.asarray(kept.astype(np.float32) * scale)


def _vectorizer(*, min_df: int = 1, vocabulary: dict[str, int] | None = None) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char",
        ngram_range=(1, LONGEST),
        sublinear_tf=True,
        lowercase=False,
        min_df=min_df,
        vocabulary=vocabulary,
    )
