"""Characters to toned pinyin: our own words first (``data/pronunciation.yaml``), then pypinyin's phrase dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import yaml
from pypinyin import Style, lazy_pinyin

_FILE = Path(__file__).parents[1] / "data" / "pronunciation.yaml"
_SYLLABLE = re.compile(r"[a-zv]+[1-5]")
_HANZI = re.compile(r"[\u4e00-\u9fff]+")


class PronunciationError(ValueError):
    """A word of the data file has a reading that does not fit its characters."""


@lru_cache(maxsize=1)
def own_words() -> dict[str, tuple[str, ...]]:
    """Our words and their syllables; raises PronunciationError where they do not match."""
    found: dict[str, tuple[str, ...]] = {}
    for word, reading in yaml.safe_load(_FILE.read_text("utf-8"))["words"].items():
        syllables = tuple(reading.split())
        if len(syllables) != len(word) or not all(_SYLLABLE.fullmatch(syllable) for syllable in syllables):
            raise PronunciationError(f"pronunciation.yaml: 「{word}」的读音「{reading}」写得不对")
        found[word] = syllables
    return found


@lru_cache(maxsize=1)
def _own() -> re.Pattern[str]:
    return re.compile("|".join(sorted(own_words(), key=len, reverse=True)))


def syllables(characters: str) -> tuple[str, ...]:
    """One toned syllable per Chinese character (ü as v, neutral tone 5); other signs are left out."""
    return tuple(syllable for run in _HANZI.findall(characters) for syllable in _run(run))


def _run(run: str) -> Iterator[str]:
    at = 0
    for own in _own().finditer(run):
        yield from _dictionary(run[at : own.start()])
        yield from own_words()[own[0]]
        at = own.end()
    yield from _dictionary(run[at:])


@lru_cache(maxsize=8_192)
def _dictionary(run: str) -> tuple[str, ...]:
    if not run:
        return ()
    read = lazy_pinyin(run, style=Style.TONE3, neutral_tone_with_five=True, v_to_u=False, tone_sandhi=False)
    return tuple(syllable for syllable in read if _SYLLABLE.fullmatch(syllable))
