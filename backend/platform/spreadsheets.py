"""Tables for spreadsheets (CSV): what somebody typed is shown there and never computed (OWASP, CSV injection; CWE-1236)."""

from __future__ import annotations

import re

_LINE_BEGINS = r"(^|\r\n|\r|\n)"
_FORMULA = r"(?=[^\S\r\n]*[=+\-@＝＋－＠]|\t)"  # full-width signs: understood by some, too
_BEGINS_FORMULA = re.compile(_LINE_BEGINS + _FORMULA)
_MARKED = re.compile(f"{_LINE_BEGINS}'{_FORMULA}")


def shown(cell: str) -> str:
    """The cell with an apostrophe before each line that a spreadsheet would take for a formula."""
    return _BEGINS_FORMULA.sub(r"\1'", cell)


def written(cell: str) -> str:
    """The cell as it was before ``shown``."""
    return _MARKED.sub(r"\1", cell)
