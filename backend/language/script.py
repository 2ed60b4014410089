"""Chinese characters as signs: which they are, and traditional ones in their simplified form."""

from __future__ import annotations

from functools import lru_cache

from opencc import OpenCC

HANZI = "\u4e00-\u9fff"
"""The characters in use, as a class for patterns: ``[{HANZI}]``."""


def is_hanzi(character: str) -> bool:
    """Whether it is a Chinese character in use."""
    return "\u4e00" <= character <= "\u9fff"


def has_hanzi(text: str) -> bool:
    """Whether any of its characters is Chinese."""
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def simplified(text: str) -> str:
    """Traditional characters in simplified ones, all else as it was."""
    return str(_to_simplified().convert(text))


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")
