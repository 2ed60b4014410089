"""Search in everyday words: a name that stands whole in the query weighs most, sounds catch homophones.

BM25 over single characters and pairs of them, and over pairs of syllables of the names, so that one wrong character still
leaves most pairs standing. ``data/search_words.yaml`` holds words of the question itself (要带什么, 怎么办), which are not
searched for, and everyday words that lead to an item although they are not its name (下岗, 老板跑路).
Immutable; built anew when the catalogue changes, from what is kept of unchanged items.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import yaml

from backend.contracts.catalogue_content import Item
from backend.language.pinyin import syllable

K1, B = 1.2, 0.3
NAMED = 1000.0
"""An item called exactly so comes first."""
NEAR = 0.55
"""The share of the best score from which an item is like what was looked for: measured by hand on twenty searches."""
MOST_NEAR = 12
_WORDS = re.compile(r"[一-鿿]+|[a-z0-9]+")
_FILE = Path(__file__).parent / "data" / "search_words.yaml"
_FIELD_WEIGHTS = {"names": 0.6, "sentences": 1.5, "sounds": 0.2}  # measured: tests/benchmarks/search.py
_MIN_NAME = 2
_MAX_NAME = 20
_NAME_BONUS, _SOUND_BONUS = 3.0, 2.0
"""For each character of a name that stands whole in the query, or sounds as if it did."""
_ALONE = 2.0
"""How much more a word weighs that was all that was written."""
_LATER = 0.8
"""What each next item of an everyday word gets of the bonus of the one before."""

Grams = Counter[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """An item's place in the results; scores compare within one search only."""

    code: str
    score: float


@dataclass(frozen=True, slots=True)
class SearchText:
    """What is searched of one item."""

    code: str
    fields: Mapping[str, Grams]
    names: frozenset[str]
    """Names and how they sound, without blanks: 「失业金」, 「shiyejin」."""


def text_of(item: Item) -> SearchText:
    """What is searched of an item."""
    names = (item.name, item.plain_name, *item.aliases)
    spoken = frozenset("".join(_WORDS.findall(name.lower())) for name in names)
    return SearchText(
        code=item.code,
        fields={
            "names": _counted(_grams, (*names, item.code)),
            "sentences": _counted(_grams, (item.summary, item.serves, *item.examples)),
            "sounds": _counted(_sounds, names),
        },
        names=spoken | frozenset(_sound(name) for name in spoken),
    )


class SearchIndex:
    """Inverted index of the published items."""

    def __init__(self, texts: Iterable[SearchText]) -> None:
        known = list(texts)
        self._codes = [text.code for text in known]
        self._named: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(known):
            for name in text.names:
                self._named[name].append(place)
        self._everyday = self._placed(everyday_words())
        self._alone = self._placed(words_alone())
        self._postings = {
            field: _postings([text.fields[field] for text in known], weight) for field, weight in _FIELD_WEIGHTS.items()
        }

    def _placed(self, words: Mapping[str, Sequence[str]]) -> dict[str, list[tuple[int, float]]]:
        """Everyday words, and how they sound, with the places they lead to and the share of the bonus each gets."""
        places = {code: place for place, code in enumerate(self._codes)}
        found: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for word, codes in words.items():
            led = [(places[code], _LATER**rank) for rank, code in enumerate(codes) if code in places]
            for name in {word, _sound(word)}:
                found[name] += led
        return found

    def search(self, text: str, limit: int) -> Sequence[Hit]:
        """Best items first; empty when nothing matches."""
        words = content_words(text.lower())
        scores = np.zeros(len(self._codes), dtype=np.float32)
        for field, grams in (("names", _grams), ("sentences", _grams), ("sounds", _sounds)):
            for gram in set(grams(words)):
                found = self._postings[field].get(gram)
                if found is not None:
                    scores[found[0]] += found[1]
        for place, bonus in self._named_in(words).items():
            scores[place] += bonus
        return self._best(scores, limit)

    def _named_in(self, words: str) -> dict[int, float]:
        """Items whose name, or an everyday word for them, stands in the words, by the longest such."""
        found: dict[int, float] = defaultdict(float)
        for piece, sound in _pieces(words):
            alone = piece == words.strip()
            for name, each in ((piece, _NAME_BONUS), (sound, _SOUND_BONUS)):
                led = [*self._everyday.get(name, ())]
                led += [(place, _ALONE * share) for place, share in self._alone.get(name, ()) if alone]
                for place, share in (*((place, 1.0) for place in self._named.get(name, ())), *led):
                    found[place] = max(found[place], each * len(piece) * share)
        return found

    def _best(self, scores: npt.NDArray[np.float32], limit: int) -> list[Hit]:
        places = np.flatnonzero(scores)
        if len(places) > limit:
            places = places[np.argpartition(-scores[places], limit)[:limit]]
        order = places[np.lexsort((places, -scores[places]))]
        return [Hit(self._codes[place], float(scores[place])) for place in order]


def near(hits: Sequence[Hit]) -> list[Hit]:
    """Those that come near the best: what only shares a character with the words is not what was looked for."""
    return [hit for hit in hits if hit.score >= NEAR * hits[0].score][:MOST_NEAR]


def content_words(text: str) -> str:
    """The text without the words of the question; the text itself if nothing else is left."""
    left = _question_words().sub(" ", text)
    return left if _WORDS.search(left) else text


def everyday_words() -> Mapping[str, Sequence[str]]:
    """What people say -> codes of the items they mean, the likeliest first."""
    words: dict[str, list[str]] = _words()["everyday_words"]
    return words


def words_alone() -> Mapping[str, Sequence[str]]:
    """The same for words that only count when nothing else is written."""
    words: dict[str, list[str]] = _words()["words_alone"]
    return words


def unknown_codes(known: Collection[str]) -> list[str]:
    """What everyday words lead to that the catalogue does not have, for the check command."""
    return [
        f"search_words.yaml：{word}「{code}」目录里没有，请改成有的，或从这里删去"
        for word, codes in (*everyday_words().items(), *words_alone().items())
        for code in codes
        if code not in known
    ]


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(_FILE.read_text("utf-8"))
    return words


@lru_cache(maxsize=1)
def _question_words() -> re.Pattern[str]:
    words: list[str] = _words()["question_words"]
    return re.compile("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))


def _postings(
    counts: Sequence[Grams], field_weight: float
) -> dict[str, tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]]:
    average = sum(grams.total() for grams in counts) / max(len(counts), 1) or 1.0
    found: dict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for place, grams in enumerate(counts):
        norm = K1 * (1 - B + B * grams.total() / average)
        for gram, times in grams.items():
            places, weights = found[gram]
            places.append(place)
            weights.append(field_weight * times * (K1 + 1) / (times + norm))
    return {
        gram: (
            np.array(places, dtype=np.int32),
            np.array(weights, dtype=np.float32) * _rarity(len(places), len(counts)),
        )
        for gram, (places, weights) in found.items()
    }


def _rarity(holders: int, everybody: int) -> float:
    return math.log(1 + (everybody - holders + 0.5) / (holders + 0.5))


def _counted(grams: Callable[[str], Iterator[str]], texts: Iterable[str]) -> Grams:
    return Counter(gram for text in texts for gram in grams(text))


def _grams(text: str) -> Iterator[str]:
    for run in _WORDS.findall(text.lower()):
        if run.isascii():
            yield run
            continue
        yield from run
        yield from (run[i : i + 2] for i in range(len(run) - 1))


def _sounds(text: str) -> Iterator[str]:
    for run in _WORDS.findall(text.lower()):
        if not run.isascii():
            syllables = [_syllable(character) for character in run]
            yield from (f"{a}-{b}" for a, b in pairwise(syllables))


def _syllable(character: str) -> str:
    """Without tone: people who type by sound take the wrong character, not the wrong sound. What is no Chinese stays."""
    return syllable(character) or character


def _sound(text: str) -> str:
    return "".join(map(_syllable, text))


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """Every stretch that could be a name, and how it sounds."""
    for run in _WORDS.findall(text):
        syllables = [_syllable(character) for character in run]
        for start in range(len(run)):
            for end in range(start + _MIN_NAME, min(start + _MAX_NAME, len(run)) + 1):
                yield run[start:end], "".join(syllables[start:end])
