"""Sums of money as they are said."""

from __future__ import annotations

from decimal import Decimal

from backend.language.digits import CHINESE_DIGITS
from backend.language.numerals import measured


def money_said(amount: Decimal) -> str:
    """「1234.5」→「一千二百三十四元五角」; more than two decimals are not money and refused with ValueError."""
    cents = amount * 100
    if cents != cents.to_integral_value():
        raise ValueError(f"money with more than two decimals: {amount}")
    yuan, rest = divmod(int(cents), 100)
    jiao, fen = divmod(rest, 10)
    said = f"{measured(yuan)}元" if yuan or not rest else ""
    if jiao:
        said += f"{measured(jiao) if not yuan else CHINESE_DIGITS[jiao]}角"
    elif fen and yuan:
        said += "零"
    if fen:
        said += f"{CHINESE_DIGITS[fen]}分"
    return said
