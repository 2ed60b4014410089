"""How characters sound: toneless syllables, and folded ones where Yunnan Mandarin and tired typists confuse them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from backend.language.script import is_hanzi

MIN_TYPED = 6
"""Letters of the shortest run taken for typed pinyin."""
_LATIN = re.compile(r"[a-z]+")
_FOLDS = (
    (re.compile(r"^([zcs])h"), r"\1"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"^hu(?=[aeio])"), "f"),
    (re.compile(r"(?<=[aei])ng$"), "n"),
)


@lru_cache(maxsize=20_000)
def syllable(character: str) -> str:
    """The toneless syllable of a character; empty for what is no Chinese character, or has no known reading."""
    if not is_hanzi(character):
        return ""
    return str((lazy_pinyin(character, style=Style.NORMAL, errors="ignore") or ("",))[0])


def syllables(text: str) -> tuple[str, ...]:
    """One toneless syllable per character; an empty one for what is no Chinese character."""
    return tuple(syllable(character) for character in text)


@lru_cache(maxsize=4_096)
def folded_syllable(sound: str) -> str:
    """A syllable with n/l, zh/z, ing/in, hu/f taken as the same."""
    for pattern, by in _FOLDS:
        sound = pattern.sub(by, sound)
    return sound


def folded(sounds: Iterable[str]) -> tuple[str, ...]:
    """Syllables with n/l, zh/z, ing/in, hu/f taken as the same."""
    return tuple(folded_syllable(sound) for sound in sounds)


def latin_runs(text: str) -> list[str]:
    """Runs of Latin letters, long enough to be typed pinyin, blanks dropped."""
    runs = _LATIN.findall(text.replace(" ", "").replace("'", ""))
    return [run for run in runs if len(run) >= MIN_TYPED]
