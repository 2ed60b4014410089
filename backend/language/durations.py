"""Lengths of time in years and months: 「4年11个月」「四年半」「半年」「差一个月满5年」「不到10年」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from backend.language.alternatives import any_of
from backend.language.digits import CHINESE_DIGITS
from backend.language.months import MONTHS_A_YEAR
from backend.language.numerals import NEIGHBOURS, OLD_FIGURES, read_number

NUMERAL = rf"(?:\d+(?:\.\d+)?|[{CHINESE_DIGITS}〇两十百]+)"
"""A pattern of a numeral in front of a unit of time."""
_YEARS = re.compile(rf"({NUMERAL})\s*(?:周?年(?!级)|岁)(半?)")
_MONTHS = re.compile(rf"({NUMERAL})\s*个?(半?)月")
_DAYS_BESIDE = re.compile(rf"(?:年|月)\s*(?:零|又|加|和)?\s*({NUMERAL})\s*[天日]")
_DAYS_A_MONTH = 30
_BARE = re.compile(NUMERAL)
_HALF_A_YEAR = "半年"
_HALF = Decimal("0.5")

_FEW = rf"(?<![\d.])(?:\d{{1,3}}(?:\.\d+)?|[{CHINESE_DIGITS}〇两十]+)"
_UNIT = r"\s*(?:周?年(?!级)|个月)"
_RANGE = re.compile(
    rf"(?P<tens>[{CHINESE_DIGITS[1:]}]?十)?(?P<pair>{any_of(NEIGHBOURS)})(?P<tenfold>十)?(?:(?P<unit>{_UNIT})|(?:吧|左右|上下)?$)"
    rf"|(?P<low>{_FEW})(?:{_UNIT})?\s*(?:到|至|或者?|还是|、|[-~～—–])+\s*(?P<high>{_FEW})(?P<unit_of_both>{_UNIT})"
)
"""「四五年」「二三十年」「三到五年」「三年或者五年」: two lengths, of which nobody knows which."""
_VAGUE = re.compile(
    rf"[{CHINESE_DIGITS[1:]}两]年[半{CHINESE_DIGITS[1:]}]载|年把|个把月|[大小多]半年|几\s*(?:年|个月)|[十百]来\s*(?:年|个月)|一辈子|[多许]年|第\s*{NUMERAL}\s*(?:年|个月)"
)
"""「一年半载」「年把」「十来年」「好几年」「大半年」: a length that nobody can reckon with."""
_SINCE = re.compile(
    rf"{NUMERAL}\s*(?:年|月|日|号)(?:份)?(?:开始|起)?(?:一直)?(?:到|至)(?:现在|如今|今|目前|这会儿)|(?:年|月|日|号)(?:份)?(?:就|才)?(?:开始|起)"
    rf"|{NUMERAL}\s*月(?:份|底|初|末|中旬|上旬|下旬|{NUMERAL}[日号])|[去今前明后]年\s*{NUMERAL}\s*月"
    rf"|以来|(?:19|20)\d\d\s*年?|[一二][{CHINESE_DIGITS}〇]{{3}}年"
)
"""Says since when, not how long."""
_DAYS_LACKING = r"(?:[\d几]+|[一二两三四五六七八九十]+)\s*(?:来|多)?[天日](?:都)?"
_LENGTH = rf"(?:{NUMERAL}\s*周?年半?(?:零|又)?(?:{NUMERAL}\s*个月)?|{NUMERAL}\s*个?半?月|半年)"
_LACKS = r"(?:还|就|只|才|都|我|了|，|,|\s)*(?<![至最多])(?:差|少|缺)(?!不多)(?:了|着)?\s*"
_REACHES = (
    r"(?:的时间)?(?:就|才|便|能|可以|不|还?没有?|未)?(?:要|会|有|交|缴|买|干|做|工作)?(?:满|到|够|足|是|有)?(?:了)?\s*"
)
_SHORTFALL = re.compile(
    rf"(?:{_LACKS}|再(?:过|交|干|有|等|做)?\s*)(?P<lacking>{_LENGTH}|{_DAYS_LACKING}){_REACHES}(?P<whole>{_LENGTH})"
    rf"|(?P<whole_first>{_LENGTH}){_LACKS}(?P<lacking_last>{_LENGTH}|{_DAYS_LACKING})(?!{_REACHES}{_LENGTH})"
)
UNREACHED = r"(?:还|都)?(?:不到|不满|不足|不够|未满|(?:没有?|未)(?:交|缴|买|干|做|上|工作)?(?:满|到|够|足))"
"""Says, before or after a length, that it is not reached."""
NEARLY_BEFORE, NEARLY_AFTER = r"快要|快|将近|接近|差一点|差点|(?<![最大老])小", r"(?:还|就)?(?:差一点|差点)"
"""Says that it nearly is."""
_ONLY_LACKS = re.compile(
    rf"(?<![至最多不])(?:差|缺)(?!不多)(?:了|着)?\s*(?:{_LENGTH}|{_DAYS_LACKING})|(?:^|[还就只才我，,\s])少(?:了|着)?\s*{_LENGTH}"
    rf"|(?:再|还要|还得|还需要?)(?:过|交|缴|买|干|做|等)?(?:满|够)?\s*{_LENGTH}"
)
"""What lacks of a length that is not told: 「还差两年」「再交5年才够」."""
_BELOW = re.compile(
    rf"(?:{UNREACHED}|{NEARLY_BEFORE})(?:了|满|到|够|有|是)?\s*{_LENGTH}|{_LENGTH}(?:{UNREACHED}|{NEARLY_AFTER})(?!{_LENGTH})"
)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A length of time in months, and days that make no month where they were asked for (``read_span_to_the_day``)."""

    months: int
    days: int = 0

    @classmethod
    def of_years(cls, years: int) -> Span:
        """So many whole years."""
        return cls(years * MONTHS_A_YEAR)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A length told by what it lacks: 「差一个月满5年」「15年还差三个月」「再交两年就满15年」."""

    start: int
    end: int
    span: Span


def shortfalls(text: str) -> Iterator[Shortfall]:
    """Lengths told by what they lack, in order."""
    for found in _SHORTFALL.finditer(text):
        whole = _plain(found["whole"] or found["whole_first"])
        lacking = _lacking(found["lacking"] or found["lacking_last"])
        if whole is not None and lacking is not None and lacking < whole:
            yield Shortfall(*found.span(), Span(whole.months - lacking.months))


def _lacking(text: str) -> Span | None:
    """What lacks; some days are a month, of which no part counts."""
    return Span(1) if text.rstrip("都")[-1] in "天日" else _plain(text)


@dataclass(frozen=True, slots=True)
class SpanRange:
    """Two lengths of which either may be meant: 「四五年」「三到五个月」. ``in_years``: they were told in whole years."""

    start: int
    end: int
    low: Span
    high: Span
    in_years: bool


def ranges(text: str) -> Iterator[SpanRange]:
    """Ranges of lengths, in order."""
    for found in _RANGE.finditer(text):
        in_years = "月" not in (found["unit"] or found["unit_of_both"] or "")
        if found["pair"] is None:
            low, high = _value(found["low"]), _value(found["high"])
        else:
            factor, before = 10 if found["tenfold"] else 1, _value(found["tens"]) if found["tens"] else Decimal(0)
            low, high = (before + _value(figure) * factor for figure in found["pair"])
        if low < high:
            unit = MONTHS_A_YEAR if in_years else 1
            yield SpanRange(*found.span(), Span(int(low * unit)), Span(int(high * unit)), in_years)


def is_vague(text: str) -> bool:
    """Whether a length is told that nobody can reckon with: 「一年半载」「好几年」「大半年」."""
    return _VAGUE.search(text) is not None and next(shortfalls(text), None) is None


def only_lacks(text: str) -> bool:
    """Whether what lacks is told and not of how much: 「还差两年」. What there is, nobody knows."""
    return _ONLY_LACKS.search(text) is not None and next(shortfalls(text), None) is None


def is_range(text: str) -> bool:
    """Whether two lengths are told, of which either may be meant."""
    return next(ranges(text.strip()), None) is not None and next(shortfalls(text), None) is None


def read_span(text: str) -> Span | None:
    """A length of time: 「4年11个月」「59个月」「四年半」「半年」; a bare number means years. Parts of a month are dropped.

    None also where two lengths are told (「四五年」), none for certain (「一年半载」), since when or on which day (「15年3月到现在」,
    「3月1号」), or what lacks of something that is not told (「还差两年」). What lacks something is what there is:
    「差一个月满5年」 is 59 months. Of 「不到5年」 no more is known; one month less is read, so that no threshold counts as reached that is not.
    """
    text = text.translate(OLD_FIGURES)
    lacking = next(shortfalls(text), None)
    if lacking is not None:
        return lacking.span
    if is_range(text) or is_vague(text) or only_lacks(text) or _SINCE.search(text):
        return None
    span = _plain(text)
    below = span is not None and span.months > 0 and _BELOW.search(text)
    return Span(span.months - 1) if span is not None and below else span


def read_span_to_the_day(text: str) -> Span | None:
    """The same with its part of a month as days: 「2个月15天」, 「两个半月」, 「2.5个月」 are 2 months and 15 days.

    None also where the days make a month: how many months they make is asked. Of 「不到3个月」 no day is known.
    """
    span = read_span(text)
    if span is None or next(shortfalls(text), None) is not None or _BELOW.search(text):
        return span
    beside, months = _DAYS_BESIDE.search(text), _MONTHS.search(text)
    days = Decimal(0) if beside is None else _value(beside.group(1))
    if months is not None:
        days += (_value(months.group(1)) % 1 + (_HALF if months.group(2) else 0)) * _DAYS_A_MONTH
    return Span(span.months, int(days)) if days < _DAYS_A_MONTH else None


def _plain(text: str) -> Span | None:
    if len(_YEARS.findall(text)) > 1 or len(_MONTHS.findall(text)) > 1:
        return None  # 「三年或者五年」
    years, months = _YEARS.search(text), _MONTHS.search(text)
    if years is None and months is None:
        if _HALF_A_YEAR in text:
            return Span(MONTHS_A_YEAR // 2)
        return Span(int(_value(text) * MONTHS_A_YEAR)) if _BARE.fullmatch(text) else None
    if any(one is not None and one.group(1) in NEIGHBOURS for one in (years, months)):
        return None  # 「七八月」
    total = Decimal(0)
    if years is not None:
        total += _value(years.group(1)) * MONTHS_A_YEAR + (MONTHS_A_YEAR // 2 if years.group(2) else 0)
    if months is not None:
        total += _value(months.group(1))
    return Span(int(total))


def _value(numeral: str) -> Decimal:
    return read_number(numeral) or Decimal(0)
