"""A part of a date told alone: 「73年」「18年5月」「是五月」「15号」, and the date that it makes with the parts told before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from backend.language.date_words import date_words
from backend.language.digits import CHINESE_DIGITS
from backend.language.months import Month
from backend.language.numerals import whole_number
from backend.language.text import tidy

_YEARS_BACK = ("大前年", "前年", "去年", "今年")
_PART = re.compile(
    rf"(?:(?P<year>(?:19|20)\d\d|\d\d|[{CHINESE_DIGITS}〇]{{4}}|[{CHINESE_DIGITS}〇]{{2}})年(?!半|多|零|前|以)|(?P<named>{'|'.join(_YEARS_BACK)})的?)?"
    rf"(?:(?P<month>1[0-2]|0?[1-9]|十[一二]?|[{CHINESE_DIGITS[1:]}])月份?)?"
    rf"(?:(?P<day>[12]\d|3[01]|0?[1-9]|[二三]?十[{CHINESE_DIGITS[1:]}]?|[{CHINESE_DIGITS[1:]}])[日号])?"
)
_AROUND = re.compile(
    r"我|是|在|的|生|出|人|属|于|应该|应当|其实|实际|大概|大约|差不多|好像|记得|就|从|那|份|吧|了|呢|啊|呀|嘛|哦|嗯"
    r"|入职|离职|进厂|进公司|上班|上的班|到岗|走|开始|来|日期|改成|写错|说错|[，,。.!！ ]"
)


@dataclass(frozen=True, slots=True)
class DatePart:
    """Year, month and day as far as they are told."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def over(self, before: DatePart) -> DatePart:
        """This, with what it leaves open as it was before. A month told anew leaves no day of another one."""
        return DatePart(
            before.year if self.year is None else self.year,
            before.month if self.month is None else self.month,
            before.day if self.day is None else self.day,
        )

    @property
    def as_day(self) -> date | None:
        """The day that it is; None where a part lacks or there is none such."""
        if self.year is None or self.month is None or self.day is None:
            return None
        try:
            return date(self.year, self.month, self.day)
        except ValueError:
            return None

    @property
    def as_month(self) -> Month | None:
        """The month that it is; None where a part lacks."""
        return None if self.year is None or self.month is None else Month(self.year, self.month)

    def __str__(self) -> str:
        """As it is said: 「2018年5月」."""
        parts = ((self.year, "年"), (self.month, "月"), (self.day, "日"))
        return "".join(f"{value}{unit}" for value, unit in parts if value is not None)


def read_date_part(text: str, today: date) -> DatePart | None:
    """The parts of a date that a whole message is; None where anything but a date is told. A year of two figures is the latest such."""
    said = tidy(text)
    found = next((one for one in _PART.finditer(said) if one.group()), None)
    if found is None or any(mark in said for mark in date_words().lunar_marks):
        return None
    if _AROUND.sub("", said[: found.start()] + said[found.end() :]):
        return None
    year = None if found["year"] is None else whole_number(found["year"])
    if found["named"] is not None:
        year = today.year + date_words().years[found["named"]]
    elif year is not None and year < 100:
        year += 2000 if 2000 + year <= today.year else 1900
    month, day = (None if said_ is None else whole_number(said_) for said_ in (found["month"], found["day"]))
    if year is not None and not 1900 <= year <= today.year + 1:
        return None
    return DatePart(year, month, day)


def part_of(day: date | Month) -> DatePart:
    """The parts of a day or a month."""
    return DatePart(day.year, day.month, day.day) if isinstance(day, date) else DatePart(day.year, day.number)
