"""The one table of Chinese digits, both ways: characters to figures and figures to characters."""

from __future__ import annotations

CHINESE_DIGITS = "零一二三四五六七八九"
"""The character of each figure, by its value."""
DIGIT_VALUES = {character: value for value, character in enumerate(CHINESE_DIGITS)} | {"〇": 0, "幺": 1, "两": 2}
"""Every character that people write or say for a figure, and its value."""
DIGIT_CHARACTERS = "".join(DIGIT_VALUES)
"""The same as a class for patterns: ``[{DIGIT_CHARACTERS}]``."""
_TO_ARABIC = str.maketrans(
    {character: str(value) for character, value in DIGIT_VALUES.items()}
    | {chr(0xFF10 + value): str(value) for value in range(10)}
)


def to_arabic(text: str) -> str:
    """The text with every Chinese or full-width digit as an Arabic one, figure by figure; units stay (「二十」 → 「2十」)."""
    return text.translate(_TO_ARABIC)


def by_figure(digits: str, *, one: str = "一") -> str:
    """「2026」→「二零二六」. ``one`` is 幺 where numbers are dictated (telephone, identity card)."""
    return "".join(one if digit == "1" else CHINESE_DIGITS[int(digit)] for digit in digits)
