"""Numbers as Chinese people write and say them, read and written: 「三千五」「1.2万」「二十」."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from backend.language.digits import CHINESE_DIGITS, DIGIT_CHARACTERS, DIGIT_VALUES, by_figure

_UNITS = {"十": 10, "百": 100, "千": 1000}
_BIG = {"万": 10_000, "亿": 100_000_000}
NUMERAL_CHARACTERS = DIGIT_CHARACTERS + "".join((*_UNITS, *_BIG))
"""Digits and units as a class for patterns."""
NEIGHBOURS = ("一二", "一两", "二三", "两三", "三四", "三五", "四五", "五六", "六七", "七八", "八九")
"""Two figures that mean one or the other: 「七八个月」 is not 78."""
OLD_FIGURES = str.maketrans({"廿": "二十", "卅": "三十"})
MAX_COUNTED = 10**16 - 1
_ARABIC = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)\s*([千万亿百]?)")
_CHINESE = re.compile(f"[{NUMERAL_CHARACTERS}]+")
_ANY = re.compile(rf"[\d{NUMERAL_CHARACTERS}半]")
_PLACES = ("", "十", "百", "千")
_SECTIONS = ("", "万", "亿", "万亿")


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


def has_number(text: str) -> bool:
    """Whether a figure, a unit or a half stands in the text."""
    return _ANY.search(text) is not None


def whole_number(text: str) -> int:
    """Value of a text that is one numeral and nothing else, Arabic or Chinese."""
    return int(text) if text.isdigit() else chinese_number(text)


def chinese_number(text: str) -> int:
    """Value of a numeral: 「二十」 20, 「三千五」 3500, 「二〇二六」 2026."""
    if not any(c in _UNITS or c in _BIG for c in text):
        return int("".join(str(DIGIT_VALUES[c]) for c in text))
    total, section, digit, last_unit, zero_before = 0, 0, 0, 1, False
    for c in text:
        if c in DIGIT_VALUES:
            digit, zero_before = DIGIT_VALUES[c], zero_before or DIGIT_VALUES[c] == 0
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


def counted(number: int) -> str:
    """「2500」→「两千五百」, up to 16 figures; larger ones figure by figure."""
    if number > MAX_COUNTED:
        return by_figure(str(number))
    if number == 0:
        return CHINESE_DIGITS[0]
    sections = []
    while number:
        number, section = divmod(number, 10_000)
        sections.append(section)
    said, gap = "", False
    for place in range(len(sections) - 1, -1, -1):
        section = sections[place]
        if section == 0:
            gap = True
            continue
        if said and (gap or section < 1000):
            said += "零"
        said += _section(section, leading=not said) + _SECTIONS[place]
        gap = False
    return _liang(said)


def measured(number: int) -> str:
    """A number before a measure word: two is 两."""
    return "两" if number == 2 else counted(number)


def decimal_said(number: str) -> str:
    """「3.14」→「三点一四」; without a point as ``counted``."""
    whole, _, fraction = number.partition(".")
    return counted(int(whole)) + (f"点{by_figure(fraction)}" if fraction else "")


def _section(number: int, *, leading: bool) -> str:
    """1 to 9999; a leading 一十 is said 十."""
    said, gap = "", False
    for place in range(3, -1, -1):
        figure = number // 10**place % 10
        if figure == 0:
            gap = bool(said)
            continue
        if gap:
            said += "零"
            gap = False
        said += CHINESE_DIGITS[figure] + _PLACES[place]
    return said[1:] if leading and said.startswith("一十") else said


def _liang(said: str) -> str:
    """两 before 千, 万, 亿 at the head: 两千, 两万; 二百, 二十 and everything further inside keep 二."""
    return "两" + said[1:] if len(said) > 1 and said[0] == "二" and said[1] in "千万亿" else said
