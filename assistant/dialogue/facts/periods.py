"""Days, months, years, lengths of time and numbers as they stand in a sentence, with what vagueness they have."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backend.language.alternatives import any_of
from backend.language.date_words import date_words
from backend.language.dates import read_date
from backend.language.digits import CHINESE_DIGITS
from backend.language.durations import (
    NEARLY_AFTER,
    NEARLY_BEFORE,
    UNREACHED,
    Shortfall,
    SpanRange,
    ranges,
    read_span,
    shortfalls,
)
from backend.language.lunar import find_lunar
from backend.language.months import MONTHS_A_YEAR, Month, add_months, read_month
from backend.language.numerals import read_number

_HAN = f"[{CHINESE_DIGITS}〇两]"
_SMALL = rf"(?:\d{{1,2}}(?:\.\d)?|[{CHINESE_DIGITS}两]?十[{CHINESE_DIGITS}]?|[{CHINESE_DIGITS}两])"
_YEAR = rf"(?:(?<!\d)(?:19|20)\d{{2}}|(?<!\d)\d{{2}}|(?<!{_HAN}){_HAN}{{4}}|(?<!{_HAN}){_HAN}{{2}})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{CHINESE_DIGITS[1:]}])"
_DAY = rf"(?:\d{{1,2}}|[{CHINESE_DIGITS}]?十[{CHINESE_DIGITS}]?|[{CHINESE_DIGITS[1:]}])"
_RELATIVE_YEAR = {"今年": 0, "去年": -1, "前年": -2, "大前年": -3, "明年": 1, "后年": 2}
_RELATIVE_MONTH = {"上上个月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "下个月": 1}
_DATE = re.compile(
    rf"(?P<day>(?:{_YEAR}年|大?前年|[去今明后]年|(?:19|20)\d{{2}}[-/.])?{_MONTH}(?:月(?:份)?|[-/.]){_DAY}[日号]?(?![\d个]))"
    rf"|(?P<ago>(?<![\d.差再还])(?:\d{{1,2}}|[{CHINESE_DIGITS[1:]}两]?十[{CHINESE_DIGITS[1:]}]?|[{CHINESE_DIGITS[1:]}两]|半)(?:天|周|个?星期|个?礼拜|个月|年)(?:以前|之前|前)(?![三五]|的时候))"
    rf"|(?P<relday>(?:上上?个?月|这个月|本月|下个月){_DAY}[日号]|大?[昨前]天|昨日|今天)"
    rf"|(?P<month>(?P<y>{_YEAR}年|大?前年|[去今明后]年|(?:19|20)\d{{2}}[-/.]){_MONTH}(?:月(?:份)?|(?![\d年月个])))"
    rf"|(?P<relmonth>上上?个月|上月|这个月|本月|下个月)(?:初|底|中)?"
    rf"|(?P<bare>(?<![\d个两年]){_MONTH}月(?:份|初|底|中)?(?!\d))"
    rf"|(?P<year>(?:(?:19|20)\d{{2}}|(?:[一二]{_HAN}{{3}}))年|大?前年|[去今明后]年)"
    rf"|(?P<short>(?<!\d)(?:[3-9]\d|0\d)年(?=的|生|出|属))"
)
_SPAN = re.compile(
    rf"(?P<vague_before>{UNREACHED}|{NEARLY_BEFORE}|满|超过|至少|大概|大约|差不多|好像|约)?(?:有|了|是)?"
    rf"(?P<span>(?<![\d.])(?:(?P<tens>十几|二十几|三十几|二十来|三十来|十来|几)(?:个)?(?P<unit>年|月)"
    rf"|{_SMALL}\s*周?年半?(?!(?:\d{{1,2}}|十[一二]?|[一二三四五六七八九])月|级)(?:零|又|加)?(?:{_SMALL}\s*个(?:半)?月)?"
    rf"|\d{{1,3}}\s*个月|[{CHINESE_DIGITS[1:]}两]?百[{CHINESE_DIGITS}〇十零]*\s*个月|{_SMALL}\s*个半?月|半年|(?P<exact_year>整年)))"
    rf"(?P<vague_after>多|来|左右|上下|出头|以上|{UNREACHED}|{NEARLY_AFTER})?"
)
_UNREACHED, _NEARLY = re.compile(UNREACHED), re.compile(rf"{NEARLY_BEFORE}|{NEARLY_AFTER}")
_LUNAR_MARK = re.compile(rf"(?:{any_of(date_words().lunar_marks)})的?$")
_VAGUE_TENS = {
    "十几": (11, 19),
    "二十几": (21, 29),
    "三十几": (31, 39),
    "二十来": (18, 22),
    "三十来": (28, 32),
    "十来": (9, 12),
}
_FEW = (2, 9)
_GOES_ON_VAGUELY = re.compile(rf"[{CHINESE_DIGITS}两]?[载把]")
"""「一年半载」 is no year and a half."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar that was said."""

    start: int
    end: int
    first: date
    last: date
    by_year: bool
    """Whether no more than the year was said."""


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time that was said, in months."""

    start: int
    end: int
    least: int
    most: int
    hedged: bool


def periods(text: str, today: date) -> Iterator[Period]:
    """Days, months and years in the text, in order."""
    lunar = find_lunar(text, today)
    if lunar is not None and lunar[1] is not None:
        yield Period(*lunar[0].span(), lunar[1], lunar[1], by_year=False)
    for found in _DATE.finditer(text):
        if lunar is not None and lunar[0].start() < found.end() and found.start() < lunar[0].end():
            continue
        if _LUNAR_MARK.search(text[: found.start()]):
            continue  # 「农历1968年三月」: without its day nobody knows in which of our months it lies
        bounds = _bounds(found, today)
        if bounds is not None:
            yield Period(found.start(), found.end(), *bounds, by_year=bool(found["year"] or found["short"]))


def lengths(text: str) -> Iterator[Length]:
    """Lengths of time in the text: 「七年四个月」「六年多」「不到一年」."""
    lacking = list(shortfalls(text))
    for told in lacking:
        yield Length(told.start, told.end, told.span.months, told.span.months, hedged=False)
    either = [told for told in ranges(text) if not _overlaps((told.start, told.end), lacking)]
    for range_ in either:
        most = range_.high.months + (MONTHS_A_YEAR - 1 if range_.in_years else 0)
        yield Length(range_.start, range_.end, range_.low.months, most, hedged=True)
    for found in _SPAN.finditer(text):
        if _overlaps(found.span(), lacking) or _overlaps(found.span(), either):
            continue
        if found["tens"] or found["exact_year"]:
            least, most = _VAGUE_TENS.get(found["tens"] or "", _FEW)
            factor = MONTHS_A_YEAR if found["unit"] == "年" else 1
            yield Length(found.start("span"), found.end(), least * factor, (most + 1) * factor - 1, hedged=True)
            continue
        span = read_span(found["span"])
        if span is None or _GOES_ON_VAGUELY.match(text, found.end("span")):
            continue
        least, most, hedged = _vague(
            span.months, found["span"], found["vague_before"] or "", found["vague_after"] or ""
        )
        yield Length(found.start("span"), found.end(), max(least, 0), most, hedged)


def _overlaps(place: tuple[int, int], others: Sequence[Shortfall | SpanRange]) -> bool:
    return any(other.start < place[1] and place[0] < other.end for other in others)


def yuan(numeral: str, after: str) -> tuple[Decimal, Decimal] | None:
    """A sum of yuan with what 「多」 leaves open: 「三千多」 is 3000 to 3999."""
    value = read_number(numeral)
    if value is None or not value:
        return None
    if not after.startswith(("多", "来")):
        return value, value
    return value, value + Decimal(10) ** value.adjusted() - 1


def _vague(months: int, said: str, before: str, after: str) -> tuple[int, int, bool]:
    unit = MONTHS_A_YEAR if "年" in said and "月" not in said and "半" not in said else 1
    if _UNREACHED.fullmatch(before) or _UNREACHED.fullmatch(after):
        return (0 if months <= MONTHS_A_YEAR else months - MONTHS_A_YEAR), months - 1, False
    if _NEARLY.fullmatch(before) or _NEARLY.fullmatch(after):
        return months - unit // 2, months - 1, True
    match (before, after):
        case (_, ("多" | "来" | "出头")):
            return months + 1, months + max(unit - 1, 1), True
        case (_, ("左右" | "上下")) | (("大概" | "大约" | "差不多" | "好像" | "约"), _):
            return months - unit // 2, months + unit // 2, True
        case (("超过" | "至少"), _) | (_, "以上"):
            return months, months + 10 * MONTHS_A_YEAR, True
    return months, months, False


def _bounds(found: re.Match[str], today: date) -> tuple[date, date] | None:
    text = found.group()
    if found["ago"]:
        return _ago(text, today)
    if found["day"] or found["relday"]:
        day = read_date(text, today)
        return None if day is None else (day, day)
    if found["month"]:
        word = next((word for word in _RELATIVE_YEAR if text.startswith(word)), None)
        if word is not None:
            said = read_number(text.removeprefix(word))
            return None if said is None else _month(today.year + _RELATIVE_YEAR[word], int(said))
        month = read_month(text, today)
        return None if month is None else _month(month.year, month.number)
    if found["relmonth"]:
        month = Month.of(today).plus(_RELATIVE_MONTH[found["relmonth"]])
        return _month(month.year, month.number)
    if found["bare"]:
        number = int(read_number(text) or 0)
        return _month(today.year if number <= today.month else today.year - 1, number)
    return _year(text, today)


def _ago(text: str, today: date) -> tuple[date, date] | None:
    """「三天前」 is a day; 「三个月前」 somewhen in that month, 「两年前」 half a year around it."""
    day = read_date(text, today)
    if day is None:
        return None
    if "年" in text:
        return add_months(day, -MONTHS_A_YEAR // 2), min(add_months(day, MONTHS_A_YEAR // 2), today)
    return (day, day) if "月" not in text else _month(day.year, day.month)


def _month(year: int, number: int) -> tuple[date, date] | None:
    if not 1 <= number <= MONTHS_A_YEAR:
        return None
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def _year(text: str, today: date) -> tuple[date, date] | None:
    word = next((word for word in ("大前年", *_RELATIVE_YEAR) if text.startswith(word)), None)
    if word is not None:
        year = today.year + _RELATIVE_YEAR[word]
    else:
        year = int(read_number(text.rstrip("年")) or 0)
        if year < 100:
            year += 2000 if 2000 + year <= today.year else 1900
    return date(year, 1, 1), date(year, 12, 31)
