"""Our own numbers that people read out, of cases, notices and feedback: 12 digits, the last a check digit (ISO 7064 MOD 11,10).

A misheard digit or two swapped neighbours never give another valid number. Shown in groups of four: 「1261 1230 0015」.
"""

from __future__ import annotations

import re

from stdnum.iso7064 import mod_11_10

LENGTH = 12
_NUMBER = re.compile(rf"[123]\d{{{LENGTH - 1}}}")


def check_digit(digits: str) -> str:
    """ISO 7064 MOD 11,10 check digit."""
    return mod_11_10.calc_check_digit(digits)


def is_number(text: str) -> bool:
    """Whether the 12 digits carry the right check digit and a known kind."""
    return _NUMBER.fullmatch(text) is not None and mod_11_10.is_valid(text)


def group(number: str) -> str:
    """In groups of four, as printed and read out."""
    return " ".join(number[at : at + 4] for at in range(0, len(number), 4))


def ungroup(text: str) -> str:
    """What people typed, without blanks and hyphens."""
    return re.sub(r"[\s\-]", "", text)
