"""The model's words and how they sound, and the language model over them."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from pypinyin import Style, pinyin

from connectors.speech.text.pronunciation import own_words, syllables
from connectors.speech.training.corpus import Corpus, extra, general_words, segmented

READINGS = 4
"""At most so many pronunciations of one word."""
EXTRA_READINGS = {
    "一": ("yi", "yao"),
    "幺": ("yao",),
    "叉": ("cha",),
    "地": ("di", "de"),
    "得": ("de", "dei"),
    "了": ("le", "liao"),
    "都": ("dou", "du"),
}
DISCOUNT = 0.6
GENERAL_SHARE = 0.05
"""Probability kept for words that the repository never uses."""
ORDER = 3
WRITTEN_WEIGHT = 1
SPOKEN_WEIGHT = 3
"""A sentence that people or the product say counts for so many of the other texts."""

START, END = "<s>", "</s>"
Sequence = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in a fixed order and their phone sequences; ``general`` ones with their probabilities' weights."""

    pronunciations: dict[str, tuple[Sequence, ...]]
    general: dict[str, float]

    @property
    def words(self) -> list[str]:
        """In the order of their numbers."""
        return list(self.pronunciations)


@dataclass(frozen=True, slots=True)
class Gram:
    """One history of the back-off model: probabilities of what follows, its shorter history, and the cost of going there."""

    following: dict[str, float]
    shorter: Sequence | None
    back_off: float


def vocabulary(texts: Corpus, numbers: list[str], phones: dict[str, list[list[str]]], general_count: int) -> Vocabulary:
    """Every word of the repository, all characters of its text and the commonest ``general_count`` words besides."""
    own = Counter(word for sentence in (*texts.spoken, *texts.written, *numbers) for word in segmented(sentence))
    own.update(word for group in ("words_only", "places", "surnames") for word in extra()[group].split())
    characters = {character for word in own for character in word}
    counts = general_words()
    common = sorted(counts, key=lambda word: (-counts[word], word))
    general = dict.fromkeys([w for w in common if w not in own and len(w) > 1][:general_count])
    singles = [w for w in common if len(w) == 1 and w not in own][:1500]
    general |= dict.fromkeys([*singles, *sorted(characters - own.keys())])
    pronounced = {word: _readings(word, phones) for word in (*sorted(own), *sorted(general))}
    return Vocabulary(
        {word: readings for word, readings in pronounced.items() if readings},
        {word: counts.get(word, 1.0) for word in general if pronounced[word]},
    )


def singles(readings: Iterable[str]) -> list[Sequence]:
    """Each reading as a sequence of one syllable."""
    return [(reading,) for reading in readings]


def _readings(word: str, phones: dict[str, list[list[str]]]) -> tuple[Sequence, ...]:
    if word in EXTRA_READINGS:
        spoken = singles(EXTRA_READINGS[word])
    elif len(word) == 1 and word not in own_words():
        spoken = singles(dict.fromkeys(pinyin(word, style=Style.NORMAL, heteronym=True)[0]))[:2]
    else:
        spoken = [tuple(syllable[:-1] for syllable in syllables(word))]
    found = dict.fromkeys(
        tuple(phone for part in parts for phone in part)
        for reading in spoken
        for parts in product(*(phones.get(syllable, ()) for syllable in reading))
    )
    return tuple(sequence for sequence in found if sequence)[:READINGS]


def language_model(sentences: list[tuple[str, int]], known: Vocabulary, fewest: int) -> dict[Sequence, Gram]:
    """Absolute-discount back-off trigrams of (sentence, weight); trigrams counted less than ``fewest`` times are left out."""
    counts: dict[Sequence, Counter[str]] = defaultdict(Counter)
    for sentence, weight in sentences:
        words = [word for word in segmented(sentence) if word in known.pronunciations]
        padded = [START, *words, END]
        for place in range(1, len(padded)):
            for length in range(min(ORDER, place + 1)):
                counts[tuple(padded[place - length : place])][padded[place]] += weight
    totals = {history: sum(after.values()) for history, after in counts.items()}
    kept: dict[Sequence, Counter[str]] = {}
    for history, after in counts.items():
        often = after if len(history) < ORDER - 1 else Counter({w: c for w, c in after.items() if c >= fewest})
        if often:
            kept[history] = often
    return {history: _gram(history, after, totals[history], kept, known) for history, after in kept.items()}


def _gram(
    history: Sequence, after: Counter[str], total: int, kept: dict[Sequence, Counter[str]], known: Vocabulary
) -> Gram:
    if not history:
        share = GENERAL_SHARE / sum(known.general.values())
        following = {word: (1 - GENERAL_SHARE) * count / total for word, count in after.items()}
        for word, weight in known.general.items():
            following[word] = following.get(word, 0.0) + share * weight
        return Gram(following, None, 0.0)
    following = {word: (count - DISCOUNT) / total for word, count in after.items()}
    return Gram(following, shortened(history[1:], kept), 1 - sum(following.values()))


def shortened(history: Sequence, kept: dict[Sequence, Counter[str]] | dict[Sequence, Gram]) -> Sequence:
    """The longest kept history at the end of this one."""
    history = history[-(ORDER - 1) :]
    while history not in kept:
        history = history[1:]
    return history


def cost(probability: float) -> float:
    """Negative logarithm."""
    return -math.log(probability)
