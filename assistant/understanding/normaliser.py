"""The normal form of what people write, used alike in training and serving."""

from __future__ import annotations

import re
import unicodedata

from backend.language.placeholders import mark, replace_placeholders
from backend.language.script import has_hanzi, simplified

ITEM_MARK = mark("事项")
"""Stands for a recognised mention of an item."""
IDENTIFIER_MARK = mark("号码")
"""Stands for any personal identifier."""

_REPEATED = re.compile(r"([。，、！？!?~～.…])\1+")
_SPACES = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_FILLERS = re.compile(r"(?:嗯+|呃+|额|那个那个|这个这个)[，, ]*")


def normalise(text: str) -> str:
    """NFKC, simplified characters, lower case, no fillers, single punctuation; placeholders become one token."""
    text = replace_placeholders(text, IDENTIFIER_MARK)
    text = unicodedata.normalize("NFKC", text).lower()
    if has_hanzi(text):
        text = simplified(text)
    text = _SPACES.sub("", text.strip())
    text = _REPEATED.sub(r"\1", text)
    return _FILLERS.sub("", text) or text
