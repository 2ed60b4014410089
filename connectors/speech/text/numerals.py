"""Numbers in characters as they are said."""

from __future__ import annotations

from decimal import Decimal

FIGURES = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_SECTIONS = ("", "万", "亿", "万亿")
LARGEST = 10**16 - 1


def by_figure(digits: str, *, one: str = "一") -> str:
    """「2026」→「二零二六」. ``one`` is 幺 where numbers are dictated (telephone, identity card)."""
    return "".join(one if digit == "1" else FIGURES[int(digit)] for digit in digits)


def counted(number: int) -> str:
    """「2500」→「两千五百」, up to 16 figures; larger ones figure by figure."""
    if number > LARGEST:
        return by_figure(str(number))
    if number == 0:
        return "零"
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
        said += FIGURES[figure] + _PLACES[place]
    return said[1:] if leading and said.startswith("一十") else said


def _liang(said: str) -> str:
    """两 before 千, 万, 亿 at the head: 两千, 两万; 二百, 二十 and everything further inside keep 二."""
    return "两" + said[1:] if len(said) > 1 and said[0] == "二" and said[1] in "千万亿" else said


def decimal_said(number: str) -> str:
    """「3.14」→「三点一四」; without a point as ``counted``."""
    whole, _, fraction = number.partition(".")
    return counted(int(whole)) + (f"点{by_figure(fraction)}" if fraction else "")


def money_said(amount: Decimal) -> str:
    """「1234.5」→「一千二百三十四元五角」; more than two decimals are not money and refused with ValueError."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"money with more than two decimals: {amount}")
    yuan, rest = divmod(int(cents), 100)
    jiao, fen = divmod(rest, 10)
    said = f"{measured(yuan)}元" if yuan or not rest else ""
    if jiao:
        said += f"{measured(jiao) if not yuan else FIGURES[jiao]}角"
    elif fen and yuan:
        said += "零"
    if fen:
        said += f"{FIGURES[fen]}分"
    return said


def measured(number: int) -> str:
    """A number before a measure word: two is 两."""
    return "两" if number == 2 else counted(number)
