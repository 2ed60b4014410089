"""Text as people type it: NFC, full-width digits and letters understood, control characters dropped."""

from __future__ import annotations

import unicodedata

_FULL_WIDTH = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_KEPT_CONTROLS = {"\n", "\t"}


def tidy(text: str) -> str:
    """NFC, half-width digits and letters, no control or invisible tag characters, outer blanks stripped.

    Chinese punctuation stays as it is; line breaks stay.
    """
    composed = unicodedata.normalize("NFC", text).translate(_FULL_WIDTH)
    kept = (c for c in composed if c in _KEPT_CONTROLS or unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co"})
    return "".join(kept).strip()
