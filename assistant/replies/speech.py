"""Texts for the ear: telephone numbers and codes digit by digit, dates and quotation marks said plainly."""

from __future__ import annotations

import re

from backend.language.digits import by_figure
from backend.language.placeholders import BRACKETED

_HOTLINE = re.compile(r"(?<!\d)1[12]\d{1,3}(?!\d)")
_CODE = re.compile(r"\d{4} \d{4} \d{4}")
_ONE = "幺"
_SILENT = re.compile(r"[「」《》·]")
_PERSONAL = re.compile(rf"({BRACKETED.pattern}|[0-9A-Za-z]*\*{{2,}}[0-9A-Za-z]*)")
"""Placeholders and masked numbers: whoever speaks them says them their own way, so they stay as they are."""


def for_ear(text: str) -> str:
    """The text as it should be spoken."""
    pieces = _PERSONAL.split(text)
    return "".join(piece if place % 2 else _spoken(piece) for place, piece in enumerate(pieces))


def _spoken(text: str) -> str:
    text = _CODE.sub(lambda code: "，".join(by_figure(group, one=_ONE) for group in code.group().split()), text)
    text = _HOTLINE.sub(lambda number: by_figure(number.group(), one=_ONE), text)
    return _SILENT.sub("", text).replace("\n", "")
