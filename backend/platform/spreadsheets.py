"""Tables for spreadsheets (CSV): what somebody typed is shown there and never computed (OWASP, CSV injection; CWE-1236)."""

from __future__ import annotations

import re

_BEGINS_FORMULA = re.compile(r"(^|[\r\n])(?=\s*[=+\-@\t\r＝＋－＠])")  # full-width: understood by some, too
_MARKED = re.compile(r"(^|[\r\n])'(?=\s*[=+\-@\t\r＝＋－＠])")


def shown(cell: str) -> str:
    """The cell with an apostrophe before each line that a spreadsheet would take for a formula."""
    return _BEGINS_FORMULA.sub(r"\1'", cell)


def written(cell: str) -> str:
    """The cell as it was before ``shown``."""
    return _MARKED.sub(r"\1", cell)
