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
NAMED = 1000.0
"""An item called exactly so comes first."""
_WORDS = re.compile(r"[一-鿿]+|[a-z0-9]+")
_ASKING = re.compile(
    r"需?要?带?(?:些|哪些|什么|啥)(?:材料|证件|资料|手续|东西|条件)?|(?:怎么|如何|咋个?|怎样)(?:办理?|弄|申请|走)?|(?:在|去|到)?哪(?:里|儿|点|个)?(?:窗口)?(?:能|可以)?办?理?"
    r"|(?:要)?多(?:久|长时间|少钱|少天)|(?:材料|手续|流程|步骤|条件|时限)是?|我?想?(?:请问|问下|咨询|办理|申请)一?下?|吗|呢|么|[?？]"
)
"""How a question is asked says nothing of what it is about."""
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
        self._named: dict[str, int] = {}
        items = list(items)
        for place, item in enumerate(items):
            for name in (item.name, item.plain_name, *item.aliases):
                self._named.setdefault(name.lower(), place)
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
        about = _ASKING.sub("", text).strip() or text
        if about.lower() in self._named:
            scores[self._named[about.lower()]] += NAMED
        for gram in set(_grams(about)):
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
