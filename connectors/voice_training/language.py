"""The language model: interpolated absolute-discount trigrams over words, pruned to a size."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

DISCOUNT = 0.9
ORDER = 3
START, END = "<s>", "</s>"

Sequence = tuple[str, ...]
Counts = dict[Sequence, dict[str, float]]


@dataclass(slots=True)
class Gram:
    """One history of the back-off model: probabilities of what follows, and what is left for its shorter history."""

    following: dict[str, float]
    back_off: float


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """Histories of 0 to 2 words; every history's shorter one is there too."""

    grams: dict[Sequence, Gram]

    def shortened(self, history: Sequence) -> Sequence:
        """The longest history of the model at the end of this one."""
        history = history[-(ORDER - 1) :]
        while history not in self.grams:
            history = history[1:]
        return history

    def cost(self, history: Sequence, word: str) -> float:
        """Negative logarithm of a word's probability after a history of the model."""
        gram = self.grams[history]
        if word in gram.following:
            return -math.log(gram.following[word])
        return -math.log(gram.back_off) + self.cost(self.shortened(history[1:]), word)

    def perplexity(self, sentences: Iterable[Sequence]) -> float:
        """Per character, so that vocabularies can be compared; sentences with a word that is unknown are left out."""
        total, characters = 0.0, 0
        for sentence in sentences:
            history: Sequence = (START,)
            if not self.grams[()].following.keys() >= set(sentence):
                continue
            for word in (*sentence, END):
                total += self.cost(self.shortened(history), word)
                history = (*history, word)
            characters += sum(map(len, sentence))
        return math.exp(total / characters)


def counted(sentences: Iterable[tuple[Sequence, float]], known: Iterable[str]) -> Counts:
    """How often which word follows which history, of (words, weight); unknown words are passed over."""
    words = set(known)
    counts: Counts = defaultdict(lambda: defaultdict(float))
    for sentence, weight in sentences:
        padded = [START, *(word for word in sentence if word in words), END]
        for place in range(1, len(padded)):
            for length in range(min(ORDER, place + 1)):
                counts[tuple(padded[place - length : place])][padded[place]] += weight
    return counts


def estimated(counts: Counts, general: Mapping[str, float], general_share: float) -> LanguageModel:
    """``general``: words the texts never use, with their weights; together they have ``general_share``."""
    grams: dict[Sequence, Gram] = {}
    model = LanguageModel(grams)
    for history in sorted(counts, key=len):
        after = counts[history]
        total = sum(after.values())
        if not history:
            share = general_share / sum(general.values())
            following = {word: (1 - general_share) * count / total for word, count in after.items()}
            for word, weight in general.items():
                following[word] = following.get(word, 0.0) + share * weight
            grams[history] = Gram(following, 1.0)
            continue
        left = sum(min(count, 1.0) * DISCOUNT for count in after.values()) / total
        shorter = model.shortened(history[1:])
        grams[history] = Gram(
            {
                word: (count - min(count, 1.0) * DISCOUNT) / total + left * math.exp(-model.cost(shorter, word))
                for word, count in after.items()
            },
            left,
        )
    return model


def pruned(model: LanguageModel, counts: Counts, most: int) -> LanguageModel:
    """Keeps the ``most`` words after histories that the shorter history would get most wrong, weighed by how often they come."""
    worth: list[tuple[float, Sequence, str]] = []
    for history, gram in model.grams.items():
        if not history:
            continue
        shorter = model.shortened(history[1:])
        for word, probability in gram.following.items():
            fallen_back = -math.log(gram.back_off) + model.cost(shorter, word)
            worth.append((counts[history][word] * (math.log(probability) + fallen_back), history, word))
    worth.sort(key=lambda entry: -entry[0])
    kept: Counts = defaultdict(dict)
    kept[()] = model.grams[()].following
    kept[START,] = {}
    for _, history, word in worth[:most]:
        kept[history][word] = model.grams[history].following[word]
        kept.setdefault(history[1:], {})
    return _renormalised(kept)


def _renormalised(kept: Counts) -> LanguageModel:
    grams: dict[Sequence, Gram] = {}
    model = LanguageModel(grams)
    for history in sorted(kept, key=len):
        following = dict(kept[history])
        if not history:
            grams[history] = Gram(following, 1.0)
            continue
        shorter = model.shortened(history[1:])
        there = sum(math.exp(-model.cost(shorter, word)) for word in following)
        left = max(1 - sum(following.values()), 1e-6) / max(1 - there, 1e-6)
        grams[history] = Gram(following, min(left, 1.0))
    return model
