"""The seed of training: where everything that is drawn by chance begins."""

from __future__ import annotations

import os

SEED = 20261124
VARIABLE = "DAOBAN_TRAINING_SEED"
"""Another seed: another model, as good. What depends on which of them is asked hangs by a hair."""


def training_seed() -> int:
    """The seed asked for, a whole number from 0."""
    given = os.environ.get(VARIABLE) or str(SEED)
    if not (given.isascii() and given.isdigit() and int(given) < 2**32):
        raise ValueError(f"{VARIABLE} 要写0到{2**32 - 1}的整数，写的是：{given}")
    return int(given)
