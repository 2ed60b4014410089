"""How dangerous a sentence sounds, of which kind, and whose danger it is: one linear model over character n-grams.

Columns: danger at all (learnt against all harmless sentences), then a column a kind and one for somebody else's (learnt among the
dangerous ones). Kept as whole numbers of 8 bits, as linear.py does.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import SGDClassifier

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
from assistant.understanding.linear import ALPHA, INTERCEPTS_GRID, LARGEST, RAREST, ROUNDS, Vector
from assistant.understanding.normaliser import normalise
from assistant.understanding.seed import SEED

LEAST_KNOWN = 0.5
"""Share of the pairs of characters of a sentence."""
UNKNOWN = -3.0
KINDS = tuple(DangerKind)


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
    _weights: Weights
    """(features, danger + kinds + somebody else's)."""
    _intercepts: Vector

    @classmethod
    def fit(cls, examples: Sequence[DangerExample], seed: int = SEED) -> DangerModel:
        """Learn; every kind and both of whose must be among the examples."""
        vectorizer = gram_vectorizer(rarest=RAREST)
        rows = vectorizer.fit_transform([normalise(example.text) for example in examples])
        dangerous = np.array([example.kind != NONE for example in examples])
        kinds = np.array([str(example.kind) for example in examples])
        others = np.array([example.whose == Whose.OTHER for example in examples])
        learnt = [_learn(rows, dangerous, seed)]
        learnt += [_learn(rows[dangerous], kinds[dangerous] == str(kind), seed) for kind in KINDS]
        learnt.append(_learn(rows[dangerous], others[dangerous], seed))
        weights = np.concatenate([one.coef_ for one in learnt]).T.astype(np.float32)
        return cls(vectorizer, weights, np.concatenate([one.intercept_ for one in learnt]))

    def hear(self, text: str) -> SoundsDangerous:
        """Judge a sentence as it was typed."""
        said = normalise(text)
        row = self._vectorizer.transform([said])
        scores: Vector = row.data @ self._weights[row.indices] + self._intercepts
        kind = KINDS[int(np.argmax(scores[1:-1]))]
        margin = float(scores[0]) if self._is_known(said) else min(float(scores[0]), UNKNOWN)
        return SoundsDangerous(margin, kind, Whose.OTHER if scores[-1] > 0 else Whose.SELF)

    def _is_known(self, said: str) -> bool:
        """Whether enough of a sentence was met in learning: of noise, the one known character would decide alone."""
        pairs = [said[place : place + 2] for place in range(len(said) - 1)]
        return sum(pair in self._vectorizer.vocabulary_ for pair in pairs) >= LEAST_KNOWN * max(1, len(pairs))

    def to_bytes(self) -> bytes:
        """As kept in the model."""
        weights, scale = to_whole_numbers(self._weights, LARGEST)
        out = io.BytesIO()
        np.savez_compressed(
            out,
            grams=np.array("\n".join(grams_of(self._vectorizer))),
            idf=self._vectorizer.idf_.astype(np.float32),
            weights=weights,
            scale=scale,
            intercepts=np.rint(self._intercepts * INTERCEPTS_GRID) / INTERCEPTS_GRID,
        )
        return out.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> DangerModel:
        """Read what ``to_bytes`` gave."""
        with np.load(io.BytesIO(content), allow_pickle=False) as kept:
            vectorizer = kept_vectorizer(str(kept["grams"]).split("\n"), kept["idf"])
            return cls(vectorizer, from_whole_numbers(kept["weights"], kept["scale"]), kept["intercepts"])


def _learn(rows: object, labels: object, seed: int) -> SGDClassifier:
    return SGDClassifier(loss="log_loss", alpha=ALPHA, max_iter=ROUNDS, random_state=seed, class_weight="balanced").fit(
        rows, labels
    )
