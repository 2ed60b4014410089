"""Search in everyday words: BM25 over single characters and pairs of them, names weighing more than sentences.

No word list is needed, and one wrong character still leaves most pairs standing. Immutable; built anew when the catalogue
changes.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from backend.one_window.catalogue.content import Item

K1, B = 1.2, 0.3
_WORDS = re.compile(r"[一-鿿]+|[a-z0-9]+")
_FIELD_WEIGHTS = {"names": 3, "sentences": 1}


@dataclass(frozen=True, slots=True)
class Hit:
    """An item's place in the results; scores compare within one search only."""

    code: str
    score: float


class SearchIndex:
    """Inverted index of the published items."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._codes: list[str] = []
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        counts = [(item.code, _weighted_grams(item)) for item in items]
        average = sum(sum(grams.values()) for _, grams in counts) / max(len(counts), 1)
        document_frequency = Counter(gram for _, grams in counts for gram in grams)
        for place, (code, grams) in enumerate(counts):
            self._codes.append(code)
            norm = K1 * (1 - B + B * sum(grams.values()) / average)
            for gram, times in grams.items():
                rarity = math.log(1 + (len(counts) - document_frequency[gram] + 0.5) / (document_frequency[gram] + 0.5))
                self._postings[gram].append((place, rarity * times * (K1 + 1) / (times + norm)))

    def search(self, text: str, limit: int) -> Sequence[Hit]:
        """Best items first; empty when nothing matches."""
        scores: dict[int, float] = defaultdict(float)
        for gram in set(_grams(text)):
            for place, weight in self._postings.get(gram, ()):
                scores[place] += weight
        best = sorted(scores.items(), key=lambda entry: (-entry[1], entry[0]))[:limit]
        return [Hit(self._codes[place], score) for place, score in best]


def _weighted_grams(item: Item) -> Counter[str]:
    grams: Counter[str] = Counter()
    fields = {"names": (item.name, item.plain_name, *item.aliases), "sentences": (item.summary, *item.examples)}
    for field, texts in fields.items():
        for text in texts:
            for gram in _grams(text):
                grams[gram] += _FIELD_WEIGHTS[field]
    return grams


def _grams(text: str) -> Iterator[str]:
    for run in _WORDS.findall(text.lower()):
        if run.isascii():
            yield run
            continue
        yield from run
        yield from (run[i : i + 2] for i in range(len(run) - 1))
