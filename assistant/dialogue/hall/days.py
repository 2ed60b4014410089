"""The day a question is about: 「明天」「下周六」「国庆」「12月3号」, the next such day; 「周末」「节假日」 as such."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from lunardate import LunarDate
from pydantic import BaseModel, ConfigDict

from backend.language.alternatives import any_of
from backend.language.date_words import date_words
from backend.language.numerals import whole_number

_WEEKDAY = re.compile(r"(?P<which>下下个?|下个?|这个?|本)?(?:周|星期|礼拜)(?P<day>[一二三四五六日天])")
_MONTH_DAY = re.compile(
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
)
_PLACES = {sign: at for at, sign in enumerate("一二三四五六日")} | {"天": 6}
_SATURDAY = 5
NOW = "现在"
"""How the moment itself is called, however it was worded."""


class Festival(BaseModel):
    """A festival by its month and day."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    month: int
    day: int
    lunar: bool = False

    def next_on(self, today: date) -> date:
        """Its next day, today included."""
        years = (today.year - 1, today.year, today.year + 1)
        days = (self._of(year) for year in years)
        return next(day for day in days if day >= today)

    def _of(self, year: int) -> date:
        if not self.lunar:
            return date(year, self.month, self.day)
        solar: date = LunarDate(year, self.month, self.day).to_solar_date()
        return solar


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day as it was named; ``day`` is None where days off as such are meant. ``festival``: the holiday around it is asked for."""

    said: str
    day: date | None
    festival: bool = False


def read_day(
    text: str, today: date, festivals: Sequence[Festival], weekend: Sequence[str], off: Sequence[str]
) -> NamedDay | None:
    """Find the first day that is named; None where none is."""
    for festival in festivals:
        word = next((word for word in festival.words if word in text), None)
        if word is not None:
            return NamedDay(word, festival.next_on(today), festival=True)
    if any(word in text for word in off):
        return NamedDay(next(word for word in off if word in text), None)
    found = _WEEKDAY.search(text)
    if found is not None:
        return NamedDay(found.group(), _weekday(found, today))
    word = next((word for word in weekend if word in text), None)
    if word is not None:
        return NamedDay(word, today + timedelta(days=(_SATURDAY - today.weekday()) % 7))
    found = _MONTH_DAY.search(text)
    if found is not None:
        day = _next(today, whole_number(found["month"]), whole_number(found["day"]))
        return None if day is None else NamedDay(found.group(), day)
    found = _relative().search(text)
    if found is not None and date_words().days[found.group()] >= 0:
        return NamedDay(found.group(), today + timedelta(days=date_words().days[found.group()]))
    return NamedDay(NOW, today) if re.search(r"现在|这会儿?|这阵", text) else None


def _weekday(found: re.Match[str], today: date) -> date:
    """「周六」 is the next one, today included; 「下周六」 the one of next week."""
    place, which = _PLACES[found["day"]], (found["which"] or "").removesuffix("个")
    if which in {"下", "下下"}:
        monday = today - timedelta(days=today.weekday())
        return monday + timedelta(days=7 * len(which) + place)
    return today + timedelta(days=(place - today.weekday()) % 7)


def _next(today: date, month: int, day: int) -> date | None:
    for year in (today.year, today.year + 1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    return None


@lru_cache(maxsize=1)
def _relative() -> re.Pattern[str]:
    return re.compile(any_of(date_words().days))
