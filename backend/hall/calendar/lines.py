"""Pasted lines of a holiday table: a day or several, worked or not, the reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from backend.contracts.calendar import MAX_REASON, NewDeparture
from backend.hall.calendar.wording import words
from backend.platform.errors import InvalidError

MAX_STRETCH = 31
"""Days of one line; the longest holiday has nine."""
_DAY = r"(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?"


@dataclass(frozen=True, slots=True)
class Line:
    """A line and the days it names."""

    number: int
    days: tuple[NewDeparture, ...]


def read_lines(text: str) -> list[Line]:
    """Lines with something in them. Raises InvalidError (``text``) that names the first that cannot be read."""
    lines = [
        Line(number, tuple(_days(number, line.replace("\u3000", " ").strip())))
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    if not lines:
        raise InvalidError("calendar.nothing", field="text")
    return lines


def _days(number: int, line: str) -> Iterator[NewDeparture]:
    found = _pattern().fullmatch(line)
    refusal = InvalidError("calendar.line", field="text", line=number, text=line[:60])
    if found is None:
        raise refusal
    *parts, now, reason = found.groups()
    try:
        first = date(*(int(part) for part in parts[:3]))
        last = date(*(int(part) for part in parts[3:])) if parts[3] else first
    except ValueError as error:
        raise refusal from error
    if not 0 <= (last - first).days < MAX_STRETCH or len(reason) > MAX_REASON:
        raise refusal
    for n in range((last - first).days + 1):
        yield NewDeparture(day=first + timedelta(days=n), working=now in words().working, reason=reason)


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    said = "|".join(sorted((*words().working, *words().closed), key=len, reverse=True))
    stretch = rf"{_DAY}(?:\s*(?:至|到|~|～|—)\s*{_DAY})?"
    return re.compile(rf"{stretch}[\s,，、:：]*({said})[\s,，、:：]+(\S.*)", re.ASCII)
