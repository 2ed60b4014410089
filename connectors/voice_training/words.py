"""The model's words and how they sound."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pypinyin import Style, pinyin

from connectors.speech.text.pronunciation import own_words, syllables
from connectors.voice_training.corpus import Corpus, extra, general_words, segmented
from connectors.voice_training.language import Sequence
from connectors.voice_training.phones import Syllables

SINGLES = 1500
"""Of the commonest characters that the texts never have alone, so many are words too."""

READINGS = 4
"""At most so many pronunciations of one word."""
RARE = 0.03
"""A reading that a word of the texts has less often is left out."""
EXTRA_READINGS = {
    "一": ("yi1", "yi2", "yi4", "yao1"),
    "不": ("bu4", "bu2"),
    "幺": ("yao1",),
    "叉": ("cha1",),
    "地": ("di4", "de5"),
    "得": ("de2", "de5", "dei3"),
    "了": ("le5", "liao3"),
    "都": ("dou1", "du1"),
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in a fixed order and their phone sequences; ``general`` ones with their probabilities' weights."""

    pronunciations: dict[str, tuple[Sequence, ...]]
    general: dict[str, float]

    @property
    def words(self) -> list[str]:
        """In the order of their numbers."""
        return list(self.pronunciations)


def vocabulary(texts: Corpus, numbers: list[str], phones: Syllables, general_count: int) -> Lexicon:
    """Every word of the repository, all characters of its text and the commonest ``general_count`` words besides."""
    heard = _heard((*texts.spoken, *texts.written, *numbers))
    own = {*heard, *(word for group in ("words_only", "places", "surnames") for word in extra()[group].split())}
    characters = {character for word in own for character in word}
    counts = general_words()
    common = sorted(counts, key=lambda word: (-counts[word], word))
    general = dict.fromkeys([w for w in common if w not in own and len(w) > 1][:general_count])
    singles = [w for w in common if len(w) == 1 and w not in own][:SINGLES]
    general |= dict.fromkeys([*singles, *sorted(characters - own)])
    pronounced = {
        word: _readings(word, heard.get(word, Counter()), phones) for word in (*sorted(own), *sorted(general))
    }
    return Lexicon(
        {word: readings for word, readings in pronounced.items() if readings},
        {word: counts.get(word, 1.0) for word in general if pronounced[word]},
    )


def _heard(sentences: Iterable[str]) -> dict[str, Counter[Sequence]]:
    """The words of the texts and how often each is read how: in its sentence a word may be read otherwise than alone."""
    found: dict[str, Counter[Sequence]] = defaultdict(Counter)
    for sentence in sentences:
        read = syllables(sentence)
        at = 0
        for word in segmented(sentence):
            if len(read) == len(sentence):
                found[word][read[at : at + len(word)]] += 1
            at += len(word)
    return found


def _readings(word: str, heard: Counter[Sequence], phones: Syllables) -> tuple[Sequence, ...]:
    often = [reading for reading, count in heard.most_common() if count > RARE * heard.total()]
    alone: list[Sequence] = []
    if word in EXTRA_READINGS:
        alone = [(reading,) for reading in EXTRA_READINGS[word]]
    elif len(word) == 1 and word not in own_words():
        readings = pinyin(word, style=Style.TONE3, heteronym=True, neutral_tone_with_five=True)[0]
        alone = [(reading,) for reading in readings[:2]]
    else:
        alone = [syllables(word)]
    sounds = (tuple(phones.get(syllable) for syllable in reading) for reading in (*often, *alone))
    found = dict.fromkeys(
        tuple(phone for part in parts if part for phone in part) for parts in sounds if parts and all(parts)
    )
    return tuple(found)[:READINGS]


def cost(probability: float) -> float:
    """Negative logarithm."""
    return -math.log(probability)
