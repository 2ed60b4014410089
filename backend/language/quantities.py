"""Sums and counts that a whole message tells: 「三千五」「1万2」「3，500.50元」「5k」「三块五」.

The whole amount is read or none: a range, a second number and a sum a year are asked about, never cut short.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from enum import StrEnum

from backend.language.digits import DIGIT_CHARACTERS, DIGIT_VALUES
from backend.language.numerals import NEIGHBOURS, NUMERAL_CHARACTERS, OLD_FIGURES
from backend.language.placeholders import has_placeholder

_UNITS = {"十": 10, "百": 100, "千": 1000, "k": 1000}
_BIG = {"万": 10_000, "w": 10_000, "亿": 100_000_000}
_PIECES = re.compile(
    rf"\d+(?:\.\d+)?|[{DIGIT_CHARACTERS}]+(?:点[{DIGIT_CHARACTERS}]+)?|[{''.join((*_UNITS, *_BIG))}半]"
)
_RUN = re.compile(rf"[\d{NUMERAL_CHARACTERS}](?:[\d{NUMERAL_CHARACTERS}半kw]|[点.](?=[\d{DIGIT_CHARACTERS}]))*")
_SMALL = re.compile(
    rf"(?:元|块)(?:([\d{DIGIT_CHARACTERS}])[角毛])?(?:零?([\d{DIGIT_CHARACTERS}])分|([\d{DIGIT_CHARACTERS}])(?![\d角毛分万千百]))?"
)
_BELOW_YUAN = re.compile(rf"[角毛](?:(?P<fen>[\d{DIGIT_CHARACTERS}])分?)?|(?P<only_fen>分)钱?$")
"""Behind a number without 元: 「五毛」「五毛二」「五分钱」."""
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[, ]\d{3})+(?!\d)")
_NO_NUMBERS = re.compile(r"一(?:个月|月|共|般|直|下|起|点)|每一|第一")
_MINUS = re.compile(r"^(?:-|−|负)")
_ABOUT = re.compile(r"多(?!少)|几|把(?![^\W\d块元])")
_OTHER_NUMERALS = str.maketrans(
    OLD_FIGURES
    | {
        "拾": "十",
        "佰": "百",
        "仟": "千",
        "萬": "万",
        "圆": "元",
        "貳": "二",
        "參": "三",
        "陸": "六",
    }
    | dict(zip("壹贰叁肆伍陆柒捌玖", "一二三四五六七八九", strict=True))
)
"""Old figures, and the capitals of cheques and receipts."""
_HEDGED = re.compile(
    r"大概|大约|约|差不多|左右|上下|不到|将近|接近|快[到有]?(?=\d|[一二三四五六七八九十几])|不足|不满|不止|以上|以下|至少|最少|最多|顶多|起码|超过|出头|来[块元]|可能|好像|应该|也许|估计|记得"
)
_SHORTER = re.compile(
    r"(?:时|日|天|周)薪|小时工资|日工资|周工资|日结|周结|(?:每|一|/|1)个?(?:小时|钟头|天|日|周|星期|礼拜)(?!期)|[元块/](?:小时|天|日|周)"
)
_TIMED = re.compile(
    rf"(?:(?<![\d.])\d{{1,3}}(?:\.\d+)?|[{DIGIT_CHARACTERS}十百几]+|半)\s*(?:个?半?月|周?年半?|[天日]|(?:个)?(?:星期|礼拜)|周)(?![薪级\d])"
)
"""A numeral that counts a time."""
_DAY = (
    rf"(?:(?:[{DIGIT_CHARACTERS}]{{2,4}}|\d{{2,4}}|[去今前明后])年)?(?:\d{{1,2}}|[{DIGIT_CHARACTERS}十]{{1,3}})月(?:份|底|初|中旬|(?:\d{{1,2}}|[{DIGIT_CHARACTERS}十]{{1,3}})[日号])?"
    r"|(?:19|20)\d\d(?:[-/]\d{1,2}(?:[-/]\d{1,2})?|\.\d{1,2}\.\d{1,2})"
    rf"|(?:\d{{1,2}}|[{DIGIT_CHARACTERS}十]{{1,3}})(?:[号日](?!工)|点(?:半|钟|整|\d\d|$)|周?岁)|(?:周|星期|礼拜)[1-6一二三四五六]"
)
_COUNTED_OTHERWISE = re.compile(rf"(?P<counted>{_DAY}|[\d.]+\s*[%％]|百分之[{DIGIT_CHARACTERS}十百\d]+)")
"""A numeral of a day, an hour, an age or a share: no amount of anything."""
_NO_MONEY = re.compile(
    rf"(?:第|尾号|后四位|卡号?|账号|电话|手机|号码|编号)(?:是|为|[:：\s])*(?P<said>[\d{NUMERAL_CHARACTERS}]+)"
    rf"|(?P<counted>[\d{NUMERAL_CHARACTERS}]+\s*(?:个(?!月)|[人级次位楼岁班路站斤里]|年级))"
)
"""A numeral that names or counts something: no money."""
_BARE_UNIT = re.compile(rf"(?<![半\d{NUMERAL_CHARACTERS}.])[百千万亿]")
"""「月入过万」「上千」「万把块」: so many of them nobody said."""
_YEARLY = re.compile(r"年薪|年收入|年工资|一年|每年|/年|年总|全年")


class Unclear(StrEnum):
    """Why no one amount can be read."""

    NONE = "none"
    """No number stands in it, or it is below zero."""
    SEVERAL = "several"
    """A range, several numbers, or one that can be read in two ways (「七八个」)."""
    ABOUT = "about"
    """「三千多」「几百」."""
    YEARLY = "yearly"
    """Of a year: perhaps not of what is asked."""
    SHORTER = "shorter"
    """Of an hour, a day or a week, where money is asked for: perhaps not of what is asked."""
    LENGTH = "length"
    """A length of time, where something else is asked for: 「六年」「三个月」."""
    OTHER_KIND = "other_kind"
    """A day, an hour, an age, a share, somebody's number: never cut down to its figures."""
    NOT_LEFT = "not_left"
    """What was drawn, or granted as a whole, where what is left is asked for."""
    LACKING = "lacking"
    """What lacks of a length that is not told."""


def read_amount(text: str) -> Decimal | Unclear:
    """The one amount in the text; why there is none, where there is not exactly one."""
    plain = _THOUSANDS.sub(_closed_up, unicodedata.normalize("NFKC", text).lower().strip())
    plain = plain.translate(_OTHER_NUMERALS)
    if _MINUS.match(plain):
        return Unclear.NONE
    if has_placeholder(text) or _is_of_others(_COUNTED_OTHERWISE, plain):
        return Unclear.OTHER_KIND
    if _YEARLY.search(plain):
        return Unclear.YEARLY
    plain = _NO_NUMBERS.sub("", plain)
    runs = list(_RUN.finditer(plain))
    if not runs:
        return Unclear.ABOUT if "几" in plain else Unclear.NONE
    if _BARE_UNIT.search(plain):
        return Unclear.ABOUT
    first = runs[0]
    value, end = _value(first[0]), first.end()
    small, below = _SMALL.match(plain, end), _BELOW_YUAN.match(plain, end)
    for behind in (small, below):
        end = end if behind is None else behind.end()
    if value is None or any(run.start() >= end for run in runs):
        return Unclear.SEVERAL
    if _ABOUT.match(plain, end) or plain[: first.start()].endswith("几"):
        return Unclear.ABOUT
    if plain[: first.start()].endswith("半"):  # 半百
        return Unclear.SEVERAL
    if below is not None:
        return _below_yuan(value, below)
    return value if small is None else value + _jiao_and_fen(small)


def read_money(text: str) -> Decimal | Unclear:
    """The one sum of money in the text; a wage of an hour, a day or a week is none that could be reckoned with, a length of time is none."""
    if _SHORTER.search(unicodedata.normalize("NFKC", text).lower()):
        return Unclear.SHORTER
    if _is_of_others(_NO_MONEY, unicodedata.normalize("NFKC", text)):
        return Unclear.OTHER_KIND
    amount = read_amount(text)
    return Unclear.LENGTH if amount not in {Unclear.SEVERAL, Unclear.OTHER_KIND} and is_length(text) else amount


def _is_of_others(counted: re.Pattern[str], plain: str) -> bool:
    """Whether every numeral of a text is one of these."""
    places = [found.span() for found in counted.finditer(plain)]
    return bool(places) and all(
        any(start <= run.start() < end for start, end in places) for run in _RUN.finditer(plain)
    )


def is_length(text: str) -> bool:
    """Whether all figures of a text count months, years or days: 「六年」「5年3个月」「交了二十天」. A year's own number (2026年) is none."""
    plain = unicodedata.normalize("NFKC", text).translate(_OTHER_NUMERALS)
    lengths = [found.span() for found in _TIMED.finditer(plain)]
    return bool(lengths) and all(
        any(start <= run.start() < end for start, end in lengths) for run in _RUN.finditer(plain)
    )


def is_hedged(text: str) -> bool:
    """Whether the amount is told as near one: 「大概3500」「不到四千」「3000以上」. What is reckoned with is then said."""
    return _HEDGED.search(text) is not None


def hedge(amount: str) -> str:
    """The amount as one that is near: read and known as such."""
    return f"大概{amount}"


def unclear_problem(unclear: Unclear, kind: str) -> str:
    """The name of the problem that asks again; ``kind`` of what was asked: money, number or duration."""
    if kind == "duration":
        return {Unclear.LACKING: "amount.lacking", Unclear.ABOUT: "amount.about_length"}.get(
            unclear, "amount.several_lengths"
        )
    if unclear is Unclear.NOT_LEFT:
        return "amount.not_left"
    return f"field.{kind}" if unclear is Unclear.NONE else f"amount.{unclear}"


def _closed_up(found: re.Match[str]) -> str:
    return found[0].replace(",", "").replace(" ", "")


def _value(run: str) -> Decimal | None:
    """Of one numeral, Arabic, Chinese or mixed; None where it is none, or can be read in two ways (「三四千」)."""
    pieces = _PIECES.findall(run)
    if "".join(pieces) != run:
        return None
    has_units = any(piece in _UNITS or piece in _BIG for piece in pieces)
    total = section = Decimal(0)
    pending, last, zero = None, 0, False  # ``last``: the unit before; 0 where none was
    for at, piece in enumerate(pieces):
        if piece == "半":
            return total + section + Decimal(last) / 2 if at == len(pieces) - 1 and pending is None and at else None
        if _is_second_number(piece, last) or (piece in NEIGHBOURS and not has_units and len(pieces) == 1):
            return None
        if piece in _UNITS:
            section += (Decimal(1) if pending is None else pending) * _UNITS[piece]
            pending, last, zero = None, _UNITS[piece], False
        elif piece in _BIG:
            before = section + (Decimal(0) if pending is None else pending)
            if total > _BIG[piece]:  # 一亿零一万: what came before is already larger
                total += (before or Decimal(1)) * _BIG[piece]
            else:
                total = (total + before or Decimal(1)) * _BIG[piece]
            section, pending, last, zero = Decimal(0), None, _BIG[piece], False
        elif pending is not None:
            return None
        else:
            pending, zero = _figures(piece, zero=zero)
            if has_units and not piece[0].isascii() and len(piece.lstrip("零〇")) > 1 and "点" not in piece:
                return None
    return total + section + _tail(pending, last, zero=zero)


def _is_second_number(unit: str, last: int) -> bool:
    """Whether a unit begins another number: units of one grow smaller (「三百四百」「三万四万」 are two)."""
    return (0 < last <= _UNITS[unit]) if unit in _UNITS else last == _BIG.get(unit)


def _figures(piece: str, *, zero: bool) -> tuple[Decimal | None, bool]:
    """The value of figures without units, and whether a 零 stands before it."""
    if piece[0].isascii():
        return Decimal(piece), zero or (len(piece) > 1 and piece[0] == "0" and piece[1] != ".")
    whole, _, fraction = piece.partition("点")
    said = "".join(str(DIGIT_VALUES[sign]) for sign in whole)
    if fraction:
        said += "." + "".join(str(DIGIT_VALUES[sign]) for sign in fraction)
    if not said.strip("0") and not fraction:
        return None, True
    return Decimal(said), zero or said[0] == "0"


def _tail(pending: Decimal | None, last: int, *, zero: bool) -> Decimal:
    """What no unit follows: 「三千五」 is five hundreds, 「三千零五」 and 「1万2000」 are as written."""
    if pending is None:
        return Decimal(0)
    return pending * last / 10 if last >= 100 and not zero and pending < 10 else pending


def _below_yuan(value: Decimal, found: re.Match[str]) -> Decimal:
    """角 or 分 as yuan."""
    if found["only_fen"]:
        return value / 100
    fen = found["fen"]
    return value / 10 + (Decimal(DIGIT_VALUES.get(fen, fen)) / 100 if fen else 0)


def _jiao_and_fen(found: re.Match[str]) -> Decimal:
    """What follows 元 or 块; a bare figure is 角 (「三块五」), or 分 after 角."""
    jiao, fen, bare = (Decimal(DIGIT_VALUES.get(sign, sign)) if sign else Decimal(0) for sign in found.groups())
    return jiao / 10 + fen / 100 + bare / (100 if found[1] else 10)
