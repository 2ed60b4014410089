"""The model's phones: espeak-ng's own, learnt by letting it speak every syllable; vowels and what closes a syllable carry its tone.

Without tones 不 and 补, 那 and 哪 are one sound, and two of three errors in whole questions were such pairs (measured: 9 % of
characters wrong, but only 3 % of toneless syllables).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from pypinyin import Style, lazy_pinyin
from pypinyin.pinyin_dict import pinyin_dict

from connectors.speech.synthesis.espeak_library import EspeakLibrary, Phone, Prosody
from connectors.speech.text.espeak_input import VOICE, espeak_syllable

SILENCE = "SIL"
_STRESS = str.maketrans("", "", "ˈˌ")
_SAME = {"ʲ": "j"}
_HALVES = {"ər": ("ər", "ɚ")}
"""One phone that is a whole word is cut in two: otherwise 二二 is one long 二."""
_CODAS = ("n", "ŋ")
_TONES = "12345"
_STOPS = ("p", "t", "k")
MIN_PAUSE_SECONDS = 0.08
"""Seconds. espeak closes every syllable with a moment of nothing; shorter than this it is no pause but the lips closing."""

Placed = list[tuple[str, int]]
"""(phone, sample at which it begins) in order."""
Syllables = dict[str, tuple[str, ...]]
"""A toned syllable's phones, with the tone."""


def plain(phones: Iterable[Phone]) -> Placed | None:
    """In order, silence as SIL; None where espeak fell into another language."""
    found: Placed = []
    for phone in phones:
        name = phone.name.translate(_STRESS).strip()
        if name.startswith("("):
            if name != "(cmn)":
                return None
            continue
        name = _SAME.get(name, name) or SILENCE
        if name == "ŋ" and found and found[-1][0] == "a":
            found[-1] = ("ɑ", found[-1][1])
        if not (name == SILENCE and found and found[-1][0] == SILENCE):
            found.append((name, phone.sample))
    return found


def halved(phones: Placed, end: int) -> Placed:
    """The phones with the whole-word ones cut in two at their middle."""
    found: Placed = []
    for (name, sample), (_, after) in pairwise([*phones, ("", end)]):
        first, *second = _HALVES.get(name, (name,))
        found.append((first, sample))
        found.extend((half, (sample + after) // 2) for half in second)
    return found


def without_gaps(phones: Placed, end: int, rate: int) -> Placed:
    """Without the silences between phones that are no pauses: they belong to the stop that follows, or to what went before."""
    found: Placed = []
    begin: int | None = None
    for place, ((name, sample), (_, after)) in enumerate(pairwise([*phones, ("", end)])):
        if name == SILENCE and 0 < place < len(phones) - 1 and after - sample < MIN_PAUSE_SECONDS * rate:
            begin = sample
            continue
        closes = begin is not None and name.startswith(_STOPS)
        found.append((name, begin if closes and begin is not None else sample))
        begin = None
    return found


def toned(phones: Placed, said: Iterable[str], learnt: Syllables) -> Placed | None:
    """The phones of these toned syllables, with their tones; None where espeak said something else."""
    waiting = [phone for syllable in said for phone in learnt.get(syllable, ("?",))]
    waiting.reverse()
    found: Placed = []
    for name, sample in phones:
        if name == SILENCE:
            found.append((name, sample))
        elif waiting and waiting[-1].rstrip(_TONES) == name:
            found.append((waiting.pop(), sample))
        else:
            return None
    return None if waiting else found


def with_tone(names: list[str], tone: str) -> tuple[str, ...]:
    """The tone on the last vowel and on what follows it."""
    at = len(names) - 1
    while at > 0 and names[at] in _CODAS:
        at -= 1
    return (*names[:at], *(name + tone for name in names[at:]))


@lru_cache(maxsize=1)
def all_syllables() -> tuple[str, ...]:
    """Every toned syllable of the pinyin dictionary."""
    found: set[str] = set()
    for code in pinyin_dict:
        if 0x4E00 <= code <= 0x9FFF:
            found |= set(lazy_pinyin(chr(code), style=Style.TONE3, neutral_tone_with_five=True))
    plain_ones = {s[:-1] for s in found if s[-1:].isdigit() and s[:-1].isascii()}
    return tuple(sorted(s + tone for s in plain_ones for tone in _TONES))


def learn_syllables(path: Path) -> Syllables:
    """Let espeak-ng say every toned syllable; kept in ``path`` once learnt."""
    if path.exists():
        return {syllable: tuple(names) for syllable, names in json.loads(path.read_text("utf-8")).items()}
    library = EspeakLibrary()
    learnt: Syllables = {}
    for syllable in all_syllables():
        spoken = library.speak(espeak_syllable(syllable), VOICE, Prosody())
        phones = plain(spoken.phones)
        names = [name for name, _ in halved(phones or [], len(spoken.samples)) if name != SILENCE]
        if names:
            learnt[syllable] = with_tone(names, syllable[-1])
    path.write_text(json.dumps(learnt, ensure_ascii=False, indent=0, sort_keys=True), "utf-8")
    return learnt


def inventory(syllables: Syllables) -> list[str]:
    """SIL and all phones, in a fixed order: the place is the phone's number."""
    return [SILENCE, *sorted({phone for names in syllables.values() for phone in names})]
