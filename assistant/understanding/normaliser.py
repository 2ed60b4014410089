"""The normal form of what people write, used alike in training and serving."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

ITEM_MARK = "⟦事项⟧"
"""Stands for a recognised mention of an item."""
IDENTIFIER_MARK = "⟦号码⟧"
"""Stands for any personal identifier."""

_IDENTIFIER = re.compile(r"⟦[a-z]+:[0-9a-f]+⟧")
_REPEATED = re.compile(r"([。，、！？!?~～.…])\1+")
_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_FILLERS = re.compile(r"(?:嗯+|呃+|额|那个那个|这个这个)[，, ]*")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def simplified(text: str) -> str:
    """Traditional characters in simplified ones, all else as it was."""
    return str(_to_simplified().convert(text))


def normalise(text: str) -> str:
    """NFKC, simplified characters, lower case, no fillers, single punctuation; placeholders become one token."""
    text = _IDENTIFIER.sub(IDENTIFIER_MARK, text)
    text = unicodedata.normalize("NFKC", text).lower()
    if any("\u4e00" <= c <= "\u9fff" for c in text):
        text = _to_simplified().convert(text)
    text = _SPACES.sub("", text.strip())
    text = _REPEATED.sub(r"\1", text)
    return _FILLERS.sub("", text) or text
