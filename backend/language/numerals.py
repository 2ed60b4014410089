"""Numbers as Chinese people write them: 「三千五」「1.2万」「二十」."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "幺": 1}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
_ARABIC = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*([千万亿百]?)")
_CHINESE = re.compile(r"[零〇一二三四五六七八九两幺十百千万亿]+")


def read_number(text: str) -> Decimal | None:
    """The first number in the text, Arabic or Chinese; None if there is none."""
    arabic = _ARABIC.search(text)
    if arabic is not None:
        try:
            value = Decimal(arabic.group(1).replace(",", ""))
        except InvalidOperation:
            return None
        return value * ({**_UNITS, **_BIG}.get(arabic.group(2), 1))
    chinese = _CHINESE.search(text)
    return None if chinese is None else Decimal(chinese_number(chinese.group()))


def chinese_number(text: str) -> int:
    """Value of a numeral: 「二十」 20, 「三千五」 3500, 「二〇二六」 2026."""
    if not any(c in _UNITS or c in _BIG for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, section, digit, last_unit, zero_before = 0, 0, 0, 1, False
    for c in text:
        if c in _DIGITS:
            digit, zero_before = _DIGITS[c], zero_before or _DIGITS[c] == 0
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit, last_unit, zero_before = 0, _UNITS[c], False
        else:
            if total > _BIG[c]:  # 一亿零一万: what came before is already larger
                total += (section + digit or 1) * _BIG[c]
            else:
                total = (total + section + digit or 1) * _BIG[c]
            section, digit, last_unit, zero_before = 0, 0, _BIG[c], False
    spoken_tail = digit * last_unit // 10 if last_unit >= 100 and not zero_before else digit
    return total + section + spoken_tail
