"""How alike two phrases sound: edit distance over syllables, where what Yunnan Mandarin and the line confuse costs little."""

from __future__ import annotations

import re
from functools import lru_cache

from backend.language.pinyin import folded_syllable
from connectors.speech.recognition.recognition_data import recognition_data
from connectors.speech.text.pronunciation import syllables
from connectors.speech.text.spelling import spell

_INITIAL = re.compile(r"^(?:[zcs]h|[bpmfdtnlgkhjqxzcsryw])?")


@lru_cache(maxsize=4_096)
def sounds(text: str) -> tuple[str, ...]:
    """Toneless syllables of a text as it is said."""
    return tuple(syllable[:-1] for syllable in syllables(spell(text)))


def distance(transcribed: tuple[str, ...], phrase: tuple[str, ...]) -> float:
    """0 for the same sound, 1 for nothing in common; the longer one counts."""
    longer = max(len(transcribed), len(phrase))
    if longer == 0:
        return 0.0
    row = [float(place) for place in range(len(phrase) + 1)]
    for place, one in enumerate(transcribed, 1):
        before, row = row, [float(place)]
        for at, other in enumerate(phrase, 1):
            row.append(min(before[at] + 1, row[at - 1] + 1, before[at - 1] + _unlike(one, other)))
    return row[-1] / longer


@lru_cache(maxsize=100_000)
def _unlike(one: str, other: str) -> float:
    if one == other:
        return 0.0
    costs = recognition_data().near_sounds
    if folded_syllable(one) == folded_syllable(other):
        return costs.same_folded
    first, second = _parts(one), _parts(other)
    if first[1] == second[1]:
        return costs.same_final
    if first[0] == second[0] and first[0]:
        return costs.same_initial
    return 1.0


def _parts(syllable: str) -> tuple[str, str]:
    initial = _INITIAL.match(syllable)
    length = len(initial[0]) if initial else 0
    return syllable[:length], syllable[length:]
