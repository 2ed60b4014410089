"""Pinyin typed for words (「shebao断了怎么办」): read as the characters that people most likely mean.

A run of Latin letters that parts into syllables becomes the characters whose pairs are the most usual in what people ask.
English words, addresses and single letters stay as they are.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import lru_cache

from assistant.understanding.repair import learnt_speech
from backend.language.pinyin import syllable

_RUNS = re.compile(r"[A-Za-z]+(?:['\s]+[A-Za-z]+)*")
_IN_ADDRESS = re.compile(r"[\w./:@-]*[./:@\d-][\w./:@-]*", re.ASCII)
MAX_LETTERS = 6
"""The longest syllable (zhuang)."""
FEWEST = 2
"""Syllables of the longest run: 「he」 alone may be English."""
BEAM = 24
"""Readings kept at each letter."""
PER_SYLLABLE = -1.0
"""Cost of one more character (natural logarithm): 「xian」 is one rather than two where both read well."""
_EDGE = "\n"


def in_characters(text: str) -> str:
    """The text with typed pinyin in characters; other Latin letters as they were."""
    spans = [found for found in _RUNS.finditer(text) if not _of_an_address(text, found)]
    parted = [(found, [_parts(word.lower()) for word in re.split(r"['\s]+", found.group())]) for found in spans]
    if not any(sum(map(_fewest, words)) >= FEWEST for _, words in parted if all(words)):
        return text
    pieces: list[str] = []
    end = 0
    for found, words in parted:
        before = text[end : found.start()]
        pieces.append(before)
        known = "".join(pieces)
        pieces.append(
            _read("".join(re.split(r"['\s]+", found.group().lower())), known) if all(words) else found.group()
        )
        end = found.end()
    return re.sub(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])", " ", "".join(pieces) + text[end:])


def _of_an_address(text: str, found: re.Match[str]) -> bool:
    return any(
        address.start() < found.end() and found.start() < address.end() for address in _IN_ADDRESS.finditer(text)
    )


@lru_cache(maxsize=1)
def _characters() -> dict[str, tuple[str, ...]]:
    """Which characters are said for a syllable; those people use, the most usual first."""
    found: dict[str, list[str]] = defaultdict(list)
    for character in learnt_speech().pairs.characters():
        sound = syllable(character)
        if sound:
            found[sound].append(character)
    return {sound: tuple(characters[:BEAM]) for sound, characters in found.items()}


@lru_cache(maxsize=1_000)
def _parts(word: str) -> tuple[int, ...]:
    """In how many syllables a word may be parted; none where it is no pinyin."""
    counts: list[set[int]] = [{0}] + [set() for _ in word]
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - MAX_LETTERS), end):
            if word[start:end] in _characters():
                counts[end] |= {count + 1 for count in counts[start]}
    return tuple(sorted(counts[-1]))


def _fewest(parts: tuple[int, ...]) -> int:
    return parts[0] if parts else 0


def _read(letters: str, before: str) -> str:
    """The likeliest characters of the letters, after what stands before them."""
    pairs = learnt_speech().pairs
    last = before[-1] if before.strip() else _EDGE
    best: list[list[tuple[float, str]]] = [[(0.0, "")]] + [[] for _ in letters]
    for end in range(1, len(letters) + 1):
        found: dict[str, tuple[float, str]] = {}
        for start in range(max(0, end - MAX_LETTERS), end):
            for character in _characters().get(letters[start:end], ()):
                for score, read in best[start]:
                    worth = score + PER_SYLLABLE + pairs.reads((read[-1:] or last) + character)
                    key = read[-1:] + character
                    if worth > found.get(key, (-math.inf, ""))[0]:
                        found[key] = (worth, read + character)
        best[end] = sorted(found.values(), reverse=True)[:BEAM]
    return best[-1][0][1] if best[-1] else letters
