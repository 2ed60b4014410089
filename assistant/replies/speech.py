"""Texts for the ear: telephone numbers and codes digit by digit, dates and quotation marks said plainly."""

from __future__ import annotations

import re

_HOTLINE = re.compile(r"(?<!\d)1[12]\d{1,3}(?!\d)")
_CODE = re.compile(r"\d{4} \d{4} \d{4}")
_DIGITS = dict(zip("0123456789", "零幺二三四五六七八九", strict=True))
_SILENT = re.compile(r"[「」《》·]")
_PERSONAL = re.compile(r"(⟦[^⟧]*⟧|[0-9A-Za-z]*\*{2,}[0-9A-Za-z]*)")
"""Placeholders and masked numbers: whoever speaks them says them their own way, so they stay as they are."""


def for_ear(text: str) -> str:
    """The text as it should be spoken."""
    pieces = _PERSONAL.split(text)
    return "".join(piece if place % 2 else _spoken(piece) for place, piece in enumerate(pieces))


def _spoken(text: str) -> str:
    text = _CODE.sub(lambda code: "，".join(_spelt(group) for group in code.group().split()), text)
    text = _HOTLINE.sub(lambda number: _spelt(number.group()), text)
    return _SILENT.sub("", text).replace("\n", "")


def _spelt(digits: str) -> str:
    return "".join(_DIGITS[digit] for digit in digits)
