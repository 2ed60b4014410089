"""How the network of ``network.py`` is trained: seconds on two cores, seeded.

Libraries move every weight of the first layer at every step; a sentence touches a few hundred of its 40,000 rows. Moving
only those (Adam, row by row) is what makes training a matter of seconds, and why it is written here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.special import softmax

WIDTH = 192
ROUNDS = 12
BATCH = 64
STEP, STEP_DECAY = 6e-3, 0.8
"""How far weights move at first, and what is left of that after each round."""
GRAMS_DROPPED, HIDDEN_DROPPED = 0.5, 0.4
"""Shares left out at random at every step, so that no single word decides."""
DOUBT = 0.05
"""Share of certainty given to all other labels: keeps the probabilities honest."""
GROUP_WEIGHT = 0.5

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Layers:
    """Weights: ``first`` (n-grams, width), ``second`` (width, labels), with their biases."""

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats


@dataclass
class _Adam:
    """Moves one array against its gradient, whole or some rows of it."""

    weights: Floats
    slowness: float
    _mean: Floats = field(init=False)
    _square: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._mean, self._square = np.zeros_like(self.weights), np.zeros_like(self.weights)

    def move(self, gradient: Floats, step: float, rows: NDArray[np.int32] | slice) -> None:
        self._mean[rows] = 0.9 * self._mean[rows] + 0.1 * gradient
        self._square[rows] = self.slowness * self._square[rows] + (1 - self.slowness) * gradient * gradient
        self.weights[rows] -= step * self._mean[rows] / (np.sqrt(self._square[rows]) + 1e-6)


def train(features: csr_matrix, labels: NDArray[np.int64], same_group: NDArray[np.bool_], seed: int) -> Layers:
    """Layers that tell ``labels`` (numbers from 0) from rows of ``features``; ``same_group``: which labels share a group."""
    random = np.random.default_rng(seed)
    kinds = same_group.shape[0]
    first = _Adam(_random(random, (features.shape[1], WIDTH), 0.1), 0.99)
    first_bias = _Adam(np.zeros(WIDTH, np.float32), 0.999)
    second = _Adam(_random(random, (WIDTH, kinds), float(np.sqrt(2 / WIDTH))), 0.999)
    second_bias = _Adam(np.zeros(kinds, np.float32), 0.999)
    everything, step = slice(None), STEP
    for _ in range(ROUNDS):
        order = random.permutation(features.shape[0])
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rows = _dropped(random, features[chosen])
            sums = rows @ first.weights + first_bias.weights
            stays = (random.random(sums.shape) > HIDDEN_DROPPED).astype(np.float32) / (1 - HIDDEN_DROPPED)
            hidden = np.maximum(sums, 0) * stays
            wrong = _error(hidden @ second.weights + second_bias.weights, labels[chosen], same_group)
            back = (wrong @ second.weights.T) * stays * (sums > 0)
            second.move(hidden.T @ wrong, step, everything)
            second_bias.move(wrong.sum(axis=0), step, everything)
            first_bias.move(back.sum(axis=0), step, everything)
            touched = np.unique(rows.indices)
            first.move(rows[:, touched].T @ back, step, touched)
        step *= STEP_DECAY
    return Layers(first.weights, first_bias.weights, second.weights, second_bias.weights)


def _random(random: np.random.Generator, shape: tuple[int, int], scale: float) -> Floats:
    return np.asarray(random.standard_normal(shape, dtype=np.float32) * np.float32(scale))


def _dropped(random: np.random.Generator, rows: csr_matrix) -> csr_matrix:
    """A copy of the rows without some of their n-grams."""
    stays = random.random(len(rows.data)) > GRAMS_DROPPED
    kept = rows.copy()
    kept.data = (rows.data * stays / (1 - GRAMS_DROPPED)).astype(np.float32)
    return kept


def _error(scores: Floats, right: NDArray[np.int64], same_group: NDArray[np.bool_]) -> Floats:
    """Gradient of the loss in the scores, the mean over the batch."""
    said = softmax(scores, axis=1)
    target = np.full_like(said, DOUBT / said.shape[1])
    target[np.arange(len(right)), right] += 1 - DOUBT
    in_group = said * same_group[right]
    of_group = in_group / np.maximum(in_group.sum(axis=1, keepdims=True), 1e-6)
    return np.asarray((said - target + GROUP_WEIGHT * (said - of_group)) / len(right), dtype=np.float32)
