"""Typed text without what nobody sees: controls, marks that turn the reading direction, blanks of no width.

Left in, they hide words or show them in another order than they are stored (CVE-2021-42574, Unicode TR 36), and PostgreSQL
cannot keep NUL. Joiners stay: emoji and several scripts are written with them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_KEPT = frozenset("\n\r\t\u200c\u200d")
_DROPPED = frozenset({"Cc", "Cf"})


def without_invisible(text: str) -> str:
    """The same, without them."""
    return text if text.isascii() and text.isprintable() else _pattern().sub("", text)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    codes = (chr(code) for code in range(0x110000))
    dropped = (one for one in codes if one not in _KEPT and unicodedata.category(one) in _DROPPED)
    return re.compile(f"[{''.join(map(re.escape, dropped))}]")
