"""Sounds: toneless syllables, folded where Yunnan Mandarin and tired typists confuse them."""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

_LATIN = re.compile(r"[a-z]+")
_FOLDS = (
    (re.compile(r"^zh"), "z"),
    (re.compile(r"^ch"), "c"),
    (re.compile(r"^sh"), "s"),
    (re.compile(r"^l"), "n"),
    (re.compile(r"^hu(?=[aeio])"), "f"),
    (re.compile(r"(?<=[aei])ng$"), "n"),
)


@lru_cache(maxsize=20_000)
def _syllable(character: str) -> str:
    return (
        str(lazy_pinyin(character, style=Style.NORMAL, errors="ignore")[0]) if "\u4e00" <= character <= "\u9fff" else ""
    )


def syllables(text: str) -> tuple[str, ...]:
    """One toneless syllable per character; an empty one for what is no Chinese character."""
    return tuple(_syllable(character) for character in text)


@lru_cache(maxsize=2_000)
def _fold(syllable: str) -> str:
    for pattern, by in _FOLDS:
        syllable = pattern.sub(by, syllable)
    return syllable


def folded(sounds: tuple[str, ...]) -> tuple[str, ...]:
    """Syllables with n/l, zh/z, ing/in, hu/f taken as the same."""
    return tuple(_fold(sound) for sound in sounds)


def latin_runs(text: str) -> list[str]:
    """Runs of Latin letters, long enough to be typed pinyin, blanks dropped."""
    return [run for run in _LATIN.findall(text.replace(" ", "").replace("'", "")) if len(run) >= 6]
