"""The model's phones: espeak-ng's own, learnt by letting it speak every syllable."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
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


def plain(phones: Iterable[Phone]) -> list[tuple[str, int]] | None:
    """(phone, sample) in order, silence as SIL; None where espeak fell into another language."""
    found: list[tuple[str, int]] = []
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


def halved(phones: list[tuple[str, int]], end: int) -> list[tuple[str, int]]:
    """The phones with the whole-word ones cut in two at their middle."""
    found: list[tuple[str, int]] = []
    for place, (name, sample) in enumerate(phones):
        after = phones[place + 1][1] if place + 1 < len(phones) else end
        first, *second = _HALVES.get(name, (name,))
        found.append((first, sample))
        found.extend((half, (sample + after) // 2) for half in second)
    return found


@lru_cache(maxsize=1)
def all_syllables() -> tuple[str, ...]:
    """Every toned syllable of the pinyin dictionary."""
    found: set[str] = set()
    for code in pinyin_dict:
        if 0x4E00 <= code <= 0x9FFF:
            found |= set(lazy_pinyin(chr(code), style=Style.TONE3, neutral_tone_with_five=True))
    return tuple(sorted(s for s in found if s[-1:].isdigit() and s[:-1].isascii()))


def learn_syllables(path: Path) -> dict[str, list[list[str]]]:
    """Toneless syllable to its phone sequences; kept in ``path`` once learnt."""
    if path.exists():
        kept: dict[str, list[list[str]]] = json.loads(path.read_text("utf-8"))
        return kept
    library = EspeakLibrary()
    learnt: dict[str, list[list[str]]] = {}
    for toned in all_syllables():
        spoken = library.speak(espeak_syllable(toned), VOICE, Prosody())
        phones = plain(spoken.phones)
        if phones is None:
            continue
        names = [name for name, _ in halved(phones, len(spoken.samples)) if name != SILENCE]
        sequences = learnt.setdefault(toned[:-1], [])
        if names and names not in sequences:
            sequences.append(names)
    path.write_text(json.dumps(learnt, ensure_ascii=False, indent=0, sort_keys=True), "utf-8")
    return learnt


def inventory(syllables: dict[str, list[list[str]]]) -> list[str]:
    """SIL and all phones, in a fixed order: the place is the phone's number."""
    return [SILENCE, *sorted({phone for sequences in syllables.values() for names in sequences for phone in names})]
