"""How the network of ``network.py`` is trained: seconds on two cores, and to the same weights on every processor.

Libraries move every weight of the first layer at every step; a sentence touches a few hundred of its 40,000 rows. Moving
only those (Adam, row by row) is what makes training a matter of seconds, and why it is written here.

Algebra libraries add in another order on another processor, and thousands of steps make two models of a last digit. So all
that is summed is rounded to whole multiples of a power of two before (``_on_grid``), coarse enough for the sums to be exact in
64 bits: exact sums have no order. What is left are single additions, multiplications, divisions and roots, which IEEE 754
fixes; no function of a mathematics library is called (``_exp``). A test compares the weights under other processors' algebra.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

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

FEATURES_GRID, WEIGHTS_GRID, HIDDEN_GRID, ERROR_GRID, SHARES_GRID = 2.0**14, 2.0**20, 2.0**16, 2.0**30, 2.0**40
"""Steps to 1 of what is summed. The steps of two factors and the size of their sum stay within 53 binary digits together."""
HALVINGS = 10
LEAST_EXPONENT = -60.0

Floats = NDArray[np.float32]
Exact = NDArray[np.float64]
Rows = NDArray[np.int32] | slice


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

    def at(self, rows: Rows) -> Exact:
        """Weights to be summed with others."""
        return self.weights[rows].astype(np.float64)

    def move(self, exact: Exact, step: float, rows: Rows) -> None:
        """In place wherever it can be: most of the time of training is spent here."""
        gradient = exact.astype(np.float32)
        mean, square = self._mean[rows], self._square[rows]
        mean *= 0.9
        mean += 0.1 * gradient
        self._mean[rows] = mean
        gradient *= gradient
        gradient *= 1 - self.slowness
        square *= self.slowness
        square += gradient
        self._square[rows] = square
        np.sqrt(square, out=gradient)
        gradient += 1e-6
        moved = mean * step
        moved /= gradient
        np.subtract(self.weights[rows], moved, out=moved)
        moved *= WEIGHTS_GRID
        np.rint(moved, out=moved)
        moved /= WEIGHTS_GRID
        self.weights[rows] = moved


def train(
    features: csr_matrix,
    labels: NDArray[np.int64],
    same_group: NDArray[np.bool_],
    seed: Sequence[int],
    *,
    width: int = WIDTH,
    rounds: int = ROUNDS,
) -> Layers:
    """Layers that tell ``labels`` (numbers from 0) from rows of ``features``; ``same_group``: which labels share a group."""
    random = np.random.default_rng(seed)
    kinds = same_group.shape[0]
    first = _Adam(_random(random, (features.shape[1], width), 0.1), 0.99)
    first_bias = _Adam(np.zeros(width, np.float32), 0.999)
    second = _Adam(_random(random, (width, kinds), float(np.sqrt(2 / width))), 0.999)
    second_bias = _Adam(np.zeros(kinds, np.float32), 0.999)
    exact = features.astype(np.float64)
    exact.data = _on_grid(exact.data, FEATURES_GRID)
    everything, step = slice(None), STEP
    for _ in range(rounds):
        order = random.permutation(features.shape[0])
        for start in range(0, len(order), BATCH):
            chosen = order[start : start + BATCH]
            rows, touched = _dropped(random, exact[chosen])
            sums = rows @ first.at(touched) + first_bias.at(everything)
            stays = (random.random(sums.shape) > HIDDEN_DROPPED) / (1 - HIDDEN_DROPPED)
            hidden = _on_grid(np.maximum(sums, 0) * stays, HIDDEN_GRID)
            to_labels = second.at(everything)
            wrong = _error(hidden @ to_labels + second_bias.at(everything), labels[chosen], same_group)
            back = _on_grid((wrong @ to_labels.T) * stays * (sums > 0), ERROR_GRID)
            second.move(hidden.T @ wrong, step, everything)
            second_bias.move(wrong.sum(axis=0), step, everything)
            first_bias.move(back.sum(axis=0), step, everything)
            first.move(rows.T @ back, step, touched)
        step *= STEP_DECAY
    return Layers(first.weights, first_bias.weights, second.weights, second_bias.weights)


def _on_grid(values: Exact, steps: float) -> Exact:
    """Rounded to whole multiples of ``1 / steps``."""
    rounded = values * steps
    np.rint(rounded, out=rounded)
    rounded /= steps
    return rounded


def _random(random: np.random.Generator, shape: tuple[int, int], scale: float) -> Floats:
    """Evenly spread with this standard deviation: a normal distribution would take a mathematics library."""
    widest = scale * float(np.sqrt(3))
    return _on_grid((2 * random.random(shape) - 1) * widest, WEIGHTS_GRID).astype(np.float32)


def _dropped(random: np.random.Generator, rows: csr_matrix) -> tuple[csr_matrix, NDArray[np.int32]]:
    """The rows without some of their n-grams, and the numbers of the n-grams that have a column in them."""
    stays = random.random(len(rows.data)) > GRAMS_DROPPED
    touched, columns = np.unique(rows.indices, return_inverse=True)
    kept = (rows.data * stays / (1 - GRAMS_DROPPED), columns, rows.indptr)
    return csr_matrix(kept, shape=(rows.shape[0], len(touched))), touched


def _error(scores: Exact, right: NDArray[np.int64], same_group: NDArray[np.bool_]) -> Exact:
    """Gradient of the loss in the scores, the mean over the batch."""
    raised = _on_grid(_exp(scores - scores.max(axis=1, keepdims=True)), SHARES_GRID)
    said = _on_grid(raised / raised.sum(axis=1, keepdims=True), SHARES_GRID)
    target = np.full_like(said, DOUBT / said.shape[1])
    target[np.arange(len(right)), right] += 1 - DOUBT
    in_group = said * same_group[right]
    of_group = in_group / np.maximum(in_group.sum(axis=1, keepdims=True), 1e-6)
    return _on_grid((said - target + GROUP_WEIGHT * (said - of_group)) / len(right), ERROR_GRID)


def _exp(values: Exact) -> Exact:
    """Euler's number to the power of values up to 0, by multiplications alone: the last digit of ``np.exp`` depends on the processor."""
    part = np.maximum(values, LEAST_EXPONENT) / 2**HALVINGS
    raised = 1 + part * (1 + part / 2 * (1 + part / 3))
    for _ in range(HALVINGS):
        raised *= raised
    return np.asarray(raised)
