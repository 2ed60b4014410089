"""A network of one hidden layer over character n-grams: what a sentence is about.

Words that occur with the same subjects come to lie close together in the hidden layer, so that a sentence is understood by
words that its own subject was never seen with: on questions of a genre that was not learnt from, 5 points more items and 4
more topics than logistic regression (tests/benchmarks/understanding.py). Weights are kept as whole numbers of 8 bits.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_softmax
from sklearn.feature_extraction.text import TfidfVectorizer

from assistant.nlu.grams import from_eight_bits, gram_vectorizer, grams_of, kept_vectorizer, to_eight_bits
from assistant.nlu.network_training import Layers, train

RAREST = 3
"""An n-gram of fewer sentences is not worth its 192 weights."""


@dataclass(frozen=True)
class NetworkModel:
    """Labels and the layers that tell them; immutable."""

    labels: tuple[str, ...]
    _vectorizer: TfidfVectorizer
    _layers: Layers

    @classmethod
    def fit(cls, texts: Sequence[str], labels: Sequence[str], groups: Sequence[str]) -> NetworkModel:
        """Train on texts in normal form; a label belongs to one group, and the right group counts as well as the label."""
        vectorizer = gram_vectorizer(rarest=RAREST)
        features = vectorizer.fit_transform(texts).astype(np.float32)
        known = sorted(set(labels))
        group_of = dict(zip(labels, groups, strict=True))
        same = np.array([[group_of[one] == group_of[other] for other in known] for one in known])
        place = {label: number for number, label in enumerate(known)}
        layers = train(features, np.array([place[label] for label in labels]), same)
        return cls(tuple(known), vectorizer, layers)

    def scores(self, text: str) -> NDArray[np.float64]:
        """Log-probability of every label, in the order of ``labels``."""
        row = self._vectorizer.transform([text])
        hidden = np.maximum(row.data.astype(np.float32) @ self._layers.first[row.indices] + self._layers.first_bias, 0)
        scores = hidden @ self._layers.second + self._layers.second_bias
        return np.asarray(log_softmax(scores.astype(np.float64)))

    def to_bytes(self) -> bytes:
        """As kept in the model."""
        first, first_scale = to_eight_bits(self._layers.first)
        out = io.BytesIO()
        np.savez_compressed(
            out,
            labels=np.array(self.labels),
            grams=np.array("\n".join(grams_of(self._vectorizer))),
            idf=self._vectorizer.idf_.astype(np.float32),
            first=first,
            first_scale=first_scale,
            first_bias=self._layers.first_bias,
            second=self._layers.second.astype(np.float16),
            second_bias=self._layers.second_bias,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> NetworkModel:
        """Read what ``to_bytes`` gave."""
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            vectorizer = kept_vectorizer(str(kept["grams"]).split("\n"), kept["idf"])
            layers = Layers(
                from_eight_bits(kept["first"], kept["first_scale"]),
                kept["first_bias"],
                kept["second"].astype(np.float32),
                kept["second_bias"],
            )
            return cls(tuple(map(str, kept["labels"])), vectorizer, layers)
