"""OpenFst's ``ngram`` file, written directly: a back-off language model in half the space of its ``const`` file.

The states are the model's histories, numbered breadth first along the tree in which a history hangs under its own end
(``a b`` under ``b``); the tree and the words after each history are two bit strings, everything else follows from them.
The first history under the root is the sentence's beginning, whose word has number 0.
"""

from __future__ import annotations

import struct
from collections import defaultdict
from pathlib import Path

import numpy as np

from connectors.voice_training.language import END, START, LanguageModel, Sequence
from connectors.voice_training.lookahead import header

_VERSION = 4
_FIRST = 1
"""Number of the state where sentences begin."""
# Bits of OpenFst's properties.h, those of every such file: an acceptor, deterministic, with back-off arcs, sorted.
_PROPERTIES = 0x1 | 0x10000 | 0x40000 | 0x100000 | 0x400000 | 0x1000000 | 0x4000000 | 0x10000000 | 0x40000000
_PROPERTIES |= (0x1 | 0x4 | 0x20 | 0x80 | 0x100 | 0x400 | 0x2000) << 32


def write_grammar(path: Path, model: LanguageModel, numbers: dict[str, int]) -> None:
    """``numbers``: of the words, as the search graph has them."""
    states, tree = _ordered(model, numbers)
    labels: list[int] = []
    costs: list[float] = []
    futures: list[int] = []
    final: list[float] = []
    ends: list[int] = []
    for history in states:
        following = model.grams[history].following
        after = sorted((numbers[word], probability) for word, probability in following.items() if word != END)
        labels.extend(number for number, _ in after)
        costs.extend(float(-np.log(probability)) for _, probability in after)
        futures.append(len(after))
        ends.append(int(END in following))
        if END in following:
            final.append(float(-np.log(following[END])))
    words = [-1, *(_number(history[0], numbers) for history in states[1:]), 0]
    backing_off = [np.inf, *(-np.log(model.grams[history].back_off) for history in states[1:]), 0.0]
    with path.open("wb") as file:
        file.write(header("ngram", _VERSION, _PROPERTIES, _FIRST, len(states), 0))
        file.write(struct.pack("<QQQ", len(states), len(labels), len(final)))
        file.write(_bits([1, 0, *_unary(tree)]))
        file.write(_bits([0, *_unary(futures)]))
        file.write(_bits(ends))
        for numbered in (words, labels):
            file.write(np.array(numbered, "<i4").tobytes())
        for weighed in (backing_off, final, [*costs, 0.0]):
            file.write(np.array(weighed, "<f4").tobytes())


def _ordered(model: LanguageModel, numbers: dict[str, int]) -> tuple[list[Sequence], list[int]]:
    """Histories in the order of their states, and how many hang under each."""
    under: dict[Sequence, list[Sequence]] = defaultdict(list)
    for history in model.grams:
        if history:
            under[history[1:]].append(history)
    states: list[Sequence] = [()]
    tree: list[int] = []
    for history in states:  # grows while it is walked
        longer = sorted(under[history], key=lambda one: _number(one[0], numbers))
        tree.append(len(longer))
        states.extend(longer)
    return states, tree


def _number(word: str, numbers: dict[str, int]) -> int:
    return 0 if word == START else numbers[word]


def _unary(counts: list[int]) -> list[int]:
    return [bit for count in counts for bit in (*[1] * count, 0)]


def _bits(bits: list[int]) -> bytes:
    """In words of 64, the first bit lowest."""
    padded = bits + [0] * (-len(bits) % 64)
    return np.packbits(np.array(padded, np.uint8), bitorder="little").tobytes()
