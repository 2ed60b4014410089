"""Words of a data file as one alternative of a regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """The words as alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def any_pattern(pieces: Iterable[str]) -> str:
    """Pieces of patterns as alternatives, the longest first."""
    return "|".join(sorted(pieces, key=len, reverse=True))
