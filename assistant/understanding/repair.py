"""Repair of what speech recognition misheard: a span that sounds like a phrase of our field becomes that phrase.

Noisy channel: the sound must be equal or at most one feature away, and the sentence must read better than before by the pairs
of characters people use. Only for recognised speech; what somebody typed is never touched.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from assistant.understanding.confusions import confusions, distance, fold
from assistant.understanding.item_index import ItemIndex
from assistant.understanding.normaliser import normalise
from assistant.understanding.offices import our_words
from assistant.understanding.questions import NOT_OURS, learnt_questions
from backend.language.numerals import NUMERAL_CHARACTERS
from backend.language.pinyin import syllables
from backend.language.script import is_hanzi

SHORTEST, LONGEST = 2, 16
"""Characters of a phrase."""
LONG = 6
"""From this length on one feature may be wrong, or one syllable missing; shorter ones sound like too much else."""
WORD_COST, SHORT_COST, LONG_COST = 0.2, 0.3, 1.0
"""Farthest distance of everyday words, of short and of long phrases of our field."""
COMMON, SEEN = 3, 1
"""A pair of characters seen this often is how people talk, and a span made of such pairs stays. Once is enough where only
an everyday word would come in, not a phrase of our field."""
MISSPELT = 0.005
"""A pair seen less than this share of another that sounds the same is a misspelling of it (社宝: 社保)."""
_NUMERALS = frozenset(f"{NUMERAL_CHARACTERS}半")
"""Never changed and never brought in: a sum misread costs more than a word misheard."""
GAIN, GAIN_FOR_COST = 4.0, 2.0
"""How much better (natural logarithm) the sentence must read, and how much more for a distance of 1."""
WORD_LENGTHS = (2, 3, 4)
WORD_SEEN = 25
"""A run of characters seen this often,"""
WORD_BOUND = 0.05
"""each of whose pairs is at least this share of its rarer character, is taken for a word that people use."""
_SMOOTH = 1.0
_EDGE = "\n"


@dataclass(frozen=True, slots=True)
class Change:
    """A span ``heard`` at ``start`` of the recognised text that was taken for ``meant``."""

    start: int
    heard: str
    meant: str
    cost: float


@dataclass(frozen=True, slots=True)
class Repaired:
    """The text to go on with, and what was changed in it."""

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    sounds: tuple[str, ...]
    folds: tuple[str, ...]


class Pairs:
    """How often characters follow each other in what people say."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._single: Counter[str] = Counter()
        self._pairs: Counter[str] = Counter()
        for text in texts:
            framed = f"{_EDGE}{text}{_EDGE}"
            self._single.update(framed)
            self._pairs.update(map("".join, pairwise(framed)))
        self._total = sum(self._single.values()) + 1

    def characters(self) -> list[str]:
        """All characters seen, the most usual first."""
        return [character for character, _ in self._single.most_common()]

    def common(self, heard: str, meant: str, times: int) -> bool:
        """Whether every pair heard was seen so many times, and is no mere misspelling of the pair in its place."""
        pairs = zip(pairwise(heard), pairwise(meant), strict=True)
        return all(
            self._pairs["".join(one)] >= max(times, MISSPELT * self._pairs["".join(other)]) for one, other in pairs
        )

    def bound(self, text: str) -> bool:
        """Whether its characters belong together, as those of a word do."""
        return all(
            self._pairs[one + other] >= WORD_BOUND * min(self._single[one], self._single[other])
            for one, other in pairwise(text)
        )

    def reads(self, text: str) -> float:
        """Log-probability of its pairs."""
        return sum(self._reads(text[at], text[at + 1]) for at in range(len(text) - 1))

    def _reads(self, one: str, next_: str) -> float:
        alone = (self._single[next_] + 0.5) / self._total
        return math.log((self._pairs[one + next_] + _SMOOTH * alone) / (self._single[one] + _SMOOTH))


@dataclass(frozen=True, slots=True)
class Speech:
    """How people talk: their pairs of characters and the words they use often."""

    pairs: Pairs
    words: frozenset[str]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Speech:
        """Count; seconds for twenty thousand texts in normal form."""
        texts = list(texts)
        pairs = Pairs(texts)
        seen: Counter[str] = Counter()
        for text in texts:
            seen.update({text[at : at + length] for length in WORD_LENGTHS for at in range(len(text) - length + 1)})
        return cls(pairs, frozenset(run for run, times in seen.items() if times >= WORD_SEEN and pairs.bound(run)))


@lru_cache(maxsize=1)
def learnt_speech() -> Speech:
    """From the questions about our matters: words of other offices sound like ours (工商, 工伤)."""
    return Speech.of(normalise(asked.text) for asked in learnt_questions() if asked.subject != NOT_OURS)


class Repair:
    """Immutable; made of the phrases of our field and of how people talk."""

    def __init__(self, phrases: Iterable[str], speech: Speech) -> None:
        self._pairs = speech.pairs
        self._field = frozenset(phrases)
        self._phrases = {phrase for phrase in self._field | speech.words if _usable(phrase)}
        self._lengths = sorted({len(phrase) for phrase in self._phrases}, reverse=True)
        self._short: dict[tuple[str, ...], list[_Phrase]] = defaultdict(list)
        self._beginning: dict[tuple[str, str], list[_Phrase]] = defaultdict(list)
        self._ending: dict[tuple[str, str], list[_Phrase]] = defaultdict(list)
        for text in sorted(self._phrases):
            sounds = syllables(text)
            phrase = _Phrase(text, sounds, tuple(map(fold, sounds)))
            if len(text) < LONG:
                self._short[phrase.folds].append(phrase)
            else:  # one wrong syllable leaves the first two right, or the last two
                self._beginning[phrase.folds[0], phrase.folds[1]].append(phrase)
                self._ending[phrase.folds[-2], phrase.folds[-1]].append(phrase)

    @classmethod
    def over(cls, index: ItemIndex) -> Repair:
        """Over the catalogue in force and the words of our field."""
        return cls(lexicon(index), learnt_speech())

    def repair(self, text: str) -> Repaired:
        """The text with misheard spans replaced, longest and nearest first."""
        sounds = syllables(text)
        kept = self._kept(text)
        found = {change for change in self._candidates(text, sounds, kept) if self._better(text, change)}
        taken: list[Change] = []
        for change in sorted(found, key=lambda c: (-len(c.meant), c.cost, c.start, c.meant)):
            if all(_apart(change, other) for other in taken):
                taken.append(change)
        taken.sort(key=lambda change: change.start)
        return Repaired(_with(text, taken), tuple(taken))

    def _kept(self, text: str) -> list[bool]:
        """Which characters belong to a phrase as written: these never change."""
        kept = [False] * len(text)
        for start in range(len(text)):
            for length in self._lengths:
                if text[start : start + length] in self._phrases:
                    kept[start : start + length] = [True] * len(text[start : start + length])
                    break
        return kept

    def _candidates(self, text: str, sounds: Sequence[str], kept: Sequence[bool]) -> Iterator[Change]:
        folds = tuple(fold(sound) if sound else "" for sound in sounds)
        for start, end, phrase in self._places(folds):
            if start < 0 or end > len(text) or not all(folds[start:end]) or text[start:end] == phrase.text:
                continue
            missing = None
            if end - start < len(phrase.text):
                missing = _missing(folds[start:end], phrase.folds)
                if missing is None:
                    continue
            cost = _cost(sounds[start:end], _without(phrase.sounds, missing))
            cost += 0.0 if missing is None else confusions().dropped
            said = _without(tuple(phrase.text), missing)
            changes_kept = any(kept[start + at] and text[start + at] != c for at, c in enumerate(said))
            if not changes_kept and cost <= (LONG_COST if len(phrase.text) >= LONG else SHORT_COST):
                yield Change(start, text[start:end], phrase.text, round(cost, 3))

    def _places(self, folds: tuple[str, ...]) -> Iterator[tuple[int, int, _Phrase]]:
        """Where phrases may have been said: (start, end, phrase), whole or one syllable short."""
        for at in range(len(folds) - 1):
            pair = (folds[at], folds[at + 1])
            for length in range(SHORTEST, LONG):
                for phrase in self._short.get(folds[at : at + length], ()):
                    yield at, at + length, phrase
            for phrase in self._beginning.get(pair, ()):
                yield at, at + len(phrase.text), phrase
                yield at, at + len(phrase.text) - 1, phrase
            for phrase in self._ending.get(pair, ()):
                yield at + 2 - len(phrase.text), at + 2, phrase
                yield at + 3 - len(phrase.text), at + 2, phrase

    def _better(self, text: str, change: Change) -> bool:
        ours = change.meant in self._field
        if not ours and change.cost > WORD_COST:
            return False
        if len(change.heard) == len(change.meant) and self._pairs.common(
            change.heard, change.meant, COMMON if ours else SEEN
        ):
            return False
        if [c for c in change.heard if c in _NUMERALS] != [c for c in change.meant if c in _NUMERALS]:
            return False
        before = text[change.start - 1] if change.start else _EDGE
        end = change.start + len(change.heard)
        after = text[end] if end < len(text) else _EDGE
        gain = self._pairs.reads(before + change.meant + after) - self._pairs.reads(before + change.heard + after)
        return gain >= GAIN + GAIN_FOR_COST * change.cost


def lexicon(index: ItemIndex) -> set[str]:
    """Phrases of our field: names of items, words of our own, words of the titles of policy answers."""
    names = {
        normalise(name) for entry in index.entries.values() for name in (entry.name, entry.plain_name, *entry.aliases)
    }
    titles = {part for answer in index.answers.values() for part in _parted(normalise(answer.title))}
    return names | titles | set(our_words())


def _parted(title: str) -> Iterator[str]:
    parts = [title]
    for word in confusions().parted_at:
        parts = [piece for part in parts for piece in part.split(word)]
    return (part for part in parts if len(part) >= LONG)


def _usable(phrase: str) -> bool:
    return SHORTEST <= len(phrase) <= LONGEST and all(map(is_hanzi, phrase))


def _cost(heard: Sequence[str], meant: Sequence[str]) -> float:
    """Distance of two runs of syllables; stops counting where it is too far."""
    total = 0.0
    for one, other in zip(heard, meant, strict=True):
        if one != other:
            total += distance(one, other)
            if total > LONG_COST:
                break
    return total


def _missing(heard: tuple[str, ...], meant: tuple[str, ...]) -> int | None:
    """Which one syllable of ``meant`` was not heard, all others being there; its first and last must be heard."""
    at = next((at for at, sound in enumerate(heard) if sound != meant[at]), len(heard))
    return at if 0 < at < len(heard) and heard[at:] == meant[at + 1 :] else None


def _without(whole: tuple[str, ...], missing: int | None) -> tuple[str, ...]:
    return whole if missing is None else whole[:missing] + whole[missing + 1 :]


def _apart(one: Change, other: Change) -> bool:
    return one.start + len(one.heard) <= other.start or other.start + len(other.heard) <= one.start


def _with(text: str, changes: Sequence[Change]) -> str:
    pieces: list[str] = []
    end = 0
    for change in changes:
        pieces += [text[end : change.start], change.meant]
        end = change.start + len(change.heard)
    return "".join(pieces) + text[end:]
