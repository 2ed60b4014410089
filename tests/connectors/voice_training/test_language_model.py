"""The language model of the bundled voice model: right probabilities, and a file that holds exactly them."""

from __future__ import annotations

import math
import struct
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.voice_training.grammar_file import write_grammar
from connectors.voice_training.language import END, START, LanguageModel, Sequence, counted, estimated, pruned

WORDS = ["我", "要", "查", "社保", "什么", "时候"]
SENTENCES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=6).map(tuple), min_size=1, max_size=8)
GENERAL = {"云彩": 3.0, "飘": 1.0}
NUMBERS = {word: number for number, word in enumerate([*reversed(WORDS), *GENERAL], 1)}


def model_of(sentences: list[Sequence], most: int) -> LanguageModel:
    counts = counted([(sentence, 1.0) for sentence in sentences], WORDS)
    return pruned(estimated(counts, GENERAL, 0.05), counts, most)


@given(SENTENCES, st.integers(0, 40))
def test_after_every_history_the_probabilities_make_one(sentences: list[Sequence], most: int) -> None:
    model = model_of(sentences, most)
    every = model.grams[()].following
    for history in model.grams:
        assert sum(math.exp(-model.cost(history, word)) for word in every) == pytest.approx(1, abs=0.02)


@given(SENTENCES, st.integers(0, 40))
def test_it_keeps_no_more_than_the_size_allows(sentences: list[Sequence], most: int) -> None:
    model = model_of(sentences, most)
    assert sum(len(gram.following) for history, gram in model.grams.items() if history) <= most
    assert all(history[1:] in model.grams for history in model.grams if history), "what is backed off to is there"


def test_what_was_said_often_is_likelier_than_what_was_never_said() -> None:
    model = model_of([("我", "要", "查", "社保")] * 3 + [("什么", "时候")], 40)
    assert model.perplexity([("我", "要", "查", "社保")]) < model.perplexity([("查", "我", "社保", "要")])


def unary(bits: np.ndarray[tuple[int], np.dtype[np.uint8]], at: int, count: int) -> list[int]:
    lengths: list[int] = []
    length = 0
    while len(lengths) < count:
        if bits[at]:
            length += 1
        else:
            lengths.append(length)
            length = 0
        at += 1
    return lengths


def read_back(path: Path) -> dict[tuple[int, ...], tuple[dict[int, float], float, float]]:
    """By OpenFst's description of the file: histories (0 begins a sentence) to costs of words, of the end, of backing off."""
    data = path.read_bytes()
    at = 4
    for _ in range(2):
        at += 4 + struct.unpack_from("<i", data, at)[0]
    at += 4 + 4 + 8 + 8 + 8 + 8
    states, futures, finals = struct.unpack_from("<QQQ", data, at)
    at += 24
    bits = []
    for count in (2 * states + 1, futures + states + 1, states):
        size = 8 * ((count + 63) // 64)
        bits.append(np.unpackbits(np.frombuffer(data, np.uint8, size, at), bitorder="little"))
        at += size
    numbers = [
        np.frombuffer(data, "<i4", count, at + 4 * before) for count, before in ((states + 1, 0), (futures, states + 1))
    ]
    at += 4 * (states + 1 + futures)
    sizes = (states + 1, finals, futures + 1)
    costs = [np.frombuffer(data, "<f4", count, at + 4 * sum(sizes[:place])) for place, count in enumerate(sizes)]
    assert at + 4 * sum(sizes) == len(data)
    histories: list[tuple[int, ...]] = [()]
    for state, children in enumerate(unary(bits[0], 2, states)):
        histories += [(int(numbers[0][len(histories) + child]), *histories[state]) for child in range(children)]
    found, word, end = {}, 0, 0
    for state, following in enumerate(unary(bits[1], 1, states)):
        after = {int(numbers[1][word + place]): float(costs[2][word + place]) for place in range(following)}
        assert list(after) == sorted(after)
        found[histories[state]] = (after, float(costs[1][end]) if bits[2][state] else math.inf, float(costs[0][state]))
        word, end = word + following, end + int(bits[2][state])
    return found


@given(SENTENCES, st.integers(1, 40))
def test_the_file_holds_the_model(sentences: list[Sequence], most: int) -> None:
    model = model_of(sentences, most)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "Gr.fst"
        write_grammar(path, model, NUMBERS)
        found = read_back(path)
    assert len(found) == len(model.grams)
    assert list(found)[1] == (0,), "sentences begin in the first state after the root"
    for history, gram in model.grams.items():
        after, end, back_off = found[tuple(0 if word == START else NUMBERS[word] for word in history)]
        wanted = {NUMBERS[w]: -math.log(p) for w, p in gram.following.items() if w != END}
        assert after == pytest.approx(wanted, rel=1e-5, abs=1e-5)
        assert end == pytest.approx(
            -math.log(gram.following[END]) if END in gram.following else math.inf, rel=1e-5, abs=1e-5
        )
        assert back_off == pytest.approx(-math.log(gram.back_off) if history else math.inf, rel=1e-5, abs=1e-5)
