"""Serial numbers that people read out: 12 digits, kind + YYMMDD + counter of the day + check digit (ISO 7064 MOD 11,10).

A misheard digit or two swapped neighbours never give another valid number. Shown in groups of four: 「1261 1230 0015」.
"""

from __future__ import annotations

import re


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 check digit."""
    product = 10
    for digit in digits:
        total = (int(digit) + product) % 10 or 10
        product = total * 2 % 11
    return str((11 - product) % 10)


def is_number(text: str) -> bool:
    """Whether the 12 digits carry the right check digit and a known kind."""
    return bool(re.fullmatch(r"[12]\d{11}", text)) and check_digit(text[:-1]) == text[-1]


def group(number: str) -> str:
    """In groups of four, as printed and read out."""
    return " ".join(number[i : i + 4] for i in range(0, len(number), 4))


def ungroup(text: str) -> str:
    """What people typed, without blanks and hyphens."""
    return re.sub(r"[\s\-]", "", text)
