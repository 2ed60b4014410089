"""Days as people write them: 「2026年10月31日」「90年3月7号」「上个月15号」「大后天」「上周五」「三天前」「农历八月十五」「去年国庆节」.

The whole date is read or none: words of a date that are left over (「10月31日到11月5日」「国庆节前」) stop the reading, and
figures that are two days (「7/3/1990」) are none until it is said which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from backend.language.alternatives import any_of
from backend.language.date_words import date_words
from backend.language.digits import CHINESE_DIGITS
from backend.language.lunar import find_lunar, latest_lunar, solar_day
from backend.language.months import Month, add_months
from backend.language.numerals import whole_number
from backend.language.ordinals import read_place

_NUMERAL = rf"(\d{{1,4}}|[{CHINESE_DIGITS}〇十]{{1,4}})"
_SMALL = rf"(\d{{1,2}}|[{CHINESE_DIGITS}十]{{1,3}})"
_COUNT = rf"(\d{{1,3}}|[{CHINESE_DIGITS}两十]{{1,3}}|半)"
_BETWEEN = r"[\-/.,、—–_·]"
_FULL = re.compile(rf"(?<!\d){_NUMERAL}(?:年的?|{_BETWEEN}){_SMALL}(?:月|{_BETWEEN}){_SMALL}(?!\d)[日号]?")
_YEAR_LAST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?P<between>{_BETWEEN})(\d{{1,2}})(?P=between)((?:19|20)\d{{2}})(?!\d)[日号]?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_POINTED = re.compile(
    r"^(?:是|在|就是|那天是)?(1[0-2](?=\.)|\d(?=\.\d\d))\.(\d{1,2})[日号]?(?:离职的?|走的?|的|吧|那天)?$"
)
"""The whole message: among other words it is a number with a fraction."""
_END = "底|末|最后一天"
_TIME = re.compile(
    r"(?:凌晨|早上|上午|中午|下午|晚上)?(?:\d{1,2}|[一二三四五六七八九十两]{1,3})(?::\d{2}|点(?:半|\d{1,2}分?|多|钟)?)"
)
_DIGITS_APART = re.compile(r"(?<=\d)\s+(?=\d)")
_WEEKDAYS = (
    {sign: at for at, sign in enumerate("一二三四五六")}
    | {str(at + 1): at for at in range(6)}
    | {"日": 6, "天": 6, "末": 6}
)
_AGO_UNITS = "天|日|周|星期|礼拜|个星期|个礼拜|个月|年"
_DAYS_A_WEEK = 7


def day_text(day: date) -> str:
    """「2026年10月31日」."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_date(text: str, today: date) -> date | None:
    """The day meant, or None. Without a year the latest such day up to today is meant."""
    plain = _plain(text)
    lunar = find_lunar(plain, today)
    if lunar is not None:
        return lunar[1] if _nothing_left(plain, lunar[0]) else None
    for pattern, day_of in _readers():
        found = pattern.search(plain)
        if found is not None:
            return day_of(found, today) if _nothing_left(plain, found) else None
    return None


def two_readings(text: str, today: date) -> tuple[date, date] | None:
    """The two days that figures with the year behind them can be (「7/3/1990」: 3 July and 7 March), day first first."""
    plain = _plain(text)
    found = _YEAR_LAST.search(plain)
    if found is None or not _nothing_left(plain, found) or read_date(text, today) is not None:
        return None
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    first, second = _day(year, other, one), _day(year, one, other)
    return None if first is None or second is None else (first, second)


def which_day(text: str, days: Sequence[date], today: date) -> date | None:
    """Which of a few days is meant: by its month and day (「3月7号」), by its words, or by its place (「第一个」)."""
    alone = read_date(text, today)
    meant = [day for day in days if alone is not None and (day.month, day.day) == (alone.month, alone.day)]
    if len(meant) == 1:
        return meant[0]
    place = None if alone is not None else read_place(text, len(days))
    return None if place is None else days[place]


def _plain(text: str) -> str:
    """Without blanks and times of day."""
    return _TIME.sub("", re.sub(r"\s+", "", _DIGITS_APART.sub("-", unicodedata.normalize("NFKC", text).strip())))


def two_digit_year(year: int, today: date) -> int:
    """A year of two digits as the latest such year up to the next one; others as they are."""
    if year >= 100:
        return year
    return year + (2000 if year + 2000 <= today.year + 1 else 1900)


def _nothing_left(text: str, found: re.Match[str]) -> bool:
    after = text[found.end() :]
    if after.startswith(date_words().around) and not after.startswith("后来"):
        return False
    rest = f"{text[: found.start()]} {after}"
    for word in date_words().harmless:
        rest = rest.replace(word, "")
    return not re.search(r"\d", rest) and not any(word in rest for word in date_words().left_over)


def _full(found: re.Match[str], today: date) -> date | None:
    year, month, day = (whole_number(part) for part in found.groups())
    return _day(two_digit_year(year, today), month, day)


def _of_year(found: re.Match[str], today: date) -> date | None:
    """「去年12月1日」「3月底」; without a year the latest such day."""
    month = whole_number(found["month"])
    named = found["year"]
    years = [today.year + date_words().years[named]] if named else [today.year, today.year - 1]
    for year in years:
        day = _end_of(year, month) if found["end"] else _day(year, month, whole_number(found["day"]))
        if day is None or named or day <= today:
            return day
    return None


def _month_and_day(found: re.Match[str], today: date) -> date | None:
    """「10.31」: the latest such day."""
    month, day = int(found[1]), int(found[2])
    days = (_day(year, month, day) for year in (today.year, today.year - 1))
    return next((one for one in days if one is not None and one <= today), None)


def _year_last(found: re.Match[str], _today: date) -> date | None:
    """「23/7/1990」: one part is no month, or both are the same."""
    one, other, year = int(found[1]), int(found[3]), int(found[4])
    days = {day for day in (_day(year, other, one), _day(year, one, other)) if day is not None}
    return days.pop() if len(days) == 1 else None


def _end_of_year(found: re.Match[str], today: date) -> date | None:
    """「去年年底」「2025年底」; 「年底」 alone is of any year."""
    return _day(_year_meant(found, today), 12, 31)


def _festival(found: re.Match[str], today: date) -> date | None:
    """「国庆节」「去年春节」「2024年端午」."""
    festivals, name = date_words().festivals, found["festival"]
    month, day = festivals.solar.get(name) or festivals.lunar[name]
    is_lunar = name not in festivals.solar
    if found["year"] is None and found["full"] is None:
        if is_lunar:
            return latest_lunar(month, day, today)
        this_year = date(today.year, month, day)
        return this_year if this_year <= today else date(today.year - 1, month, day)
    year = _year_meant(found, today)
    return solar_day(_lunar_year(year, month), month, day) if is_lunar else _day(year, month, day)


def _lunar_year(year: int, month: int) -> int:
    """The lunar year of a festival that is named with a solar one: 「2024年除夕」 ends the lunar year 2023."""
    return year - 1 if month == 12 else year


def _year_meant(found: re.Match[str], today: date) -> int:
    named = found["year"]
    return today.year + date_words().years[named] if named else two_digit_year(whole_number(found["full"]), today)


def _of_month(found: re.Match[str], today: date) -> date | None:
    """「上个月15号」「上个月底」."""
    month = Month.of(today).plus(date_words().months[found["month"]])
    return (
        _end_of(month.year, month.number)
        if found["end"]
        else _day(month.year, month.number, whole_number(found["day"]))
    )


def _same_day(found: re.Match[str], today: date) -> date | None:
    """「去年今天」."""
    return _day(today.year + date_words().years[found[1]], today.month, today.day)


def _of_week(found: re.Match[str], today: date) -> date | None:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(days=_DAYS_A_WEEK * date_words().weeks[found[1]] + _WEEKDAYS[found[2]])


def _ago(found: re.Match[str], today: date) -> date | None:
    """「三天前」「半个月前」「两年前」; 「三天后」."""
    sign = -1 if found[3].endswith("前") else 1
    unit = found[2].removeprefix("个")
    if found[1] == "半":
        return (
            today + sign * timedelta(days=15) if unit == "月" else add_months(today, sign * 6) if unit == "年" else None
        )
    count = sign * whole_number(found[1])
    if unit in {"月", "年"}:
        return add_months(today, count * (12 if unit == "年" else 1))
    return today + timedelta(days=count * (1 if unit in {"天", "日"} else _DAYS_A_WEEK))


def _relative(found: re.Match[str], today: date) -> date | None:
    return today + timedelta(days=date_words().days[found[0]])


Reader = tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None]]


@lru_cache(maxsize=1)
def _readers() -> tuple[Reader, ...]:
    """The more particular first."""
    words = date_words()
    years, months = any_of(words.years), any_of(words.months)
    festivals = any_of((*words.festivals.solar, *words.festivals.lunar))
    day = rf"(?:(?P<end>{_END})|(?P<day>{_SMALL})[日号]?)"
    return (
        (_FULL, _full),
        (_YEAR_LAST, _year_last),
        (_COMPACT, _full),
        (re.compile(rf"(?:(?P<year>{years})|(?P<full>\d{{2}}|\d{{4}})年?)的?年?(?:底|末)"), _end_of_year),
        (
            re.compile(
                rf"(?:(?P<year>{years})的?|(?P<full>\d{{2}}|\d{{4}}|[{CHINESE_DIGITS}〇]{{2,4}})年的?)?(?P<festival>{festivals})(?![{CHINESE_DIGITS}十百千\d])"
            ),
            _festival,
        ),
        (re.compile(rf"(?P<month>{months})的?(?:(?P<end>{_END})|(?P<day>{_SMALL})[日号])"), _of_month),
        (re.compile(rf"(?:(?P<year>{years})的?)?(?<!\d)(?P<month>{_SMALL})月份?的?{day}(?!个|\d)"), _of_year),
        (re.compile(rf"({years})的?(?:今天|今日|这一天|这天)"), _same_day),
        (re.compile(rf"({any_of(words.weeks)})(?:周|星期|礼拜)([一二三四五六日天末1-6])"), _of_week),
        (re.compile(rf"{_COUNT}({_AGO_UNITS})(以?前|之前|以?后|之后)"), _ago),
        (re.compile(any_of(words.days)), _relative),
        (_POINTED, _month_and_day),
    )


def _end_of(year: int, month: int) -> date | None:
    first = _day(year, month, 1)
    return None if first is None else add_months(first, 1) - timedelta(days=1)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
