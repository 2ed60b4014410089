"""Limits of a date in a form: 「today」, 「birth+14y」 (of the identity number), 「left_on-6m」 (another field), 「1999-01-22」."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict

from backend.language.dates import day_text
from backend.language.months import MONTHS_A_YEAR, add_months

_FILE = Path(__file__).parent / "data" / "date_limits.yaml"
TODAY, BIRTH = "today", "birth"
_LIMIT = re.compile(r"(?P<anchor>[a-z][a-z0-9_]*|\d{4}-\d{2}-\d{2})(?P<by>[+-]\d{1,3})?(?P<unit>[dmy])?")


@dataclass(frozen=True, slots=True)
class DateLimit:
    """A day named by an anchor, and so many months and days from it."""

    anchor: str
    """``today``, ``birth``, the id of another date field, or an ISO day."""
    months: int = 0
    days: int = 0

    @property
    def is_shifted(self) -> bool:
        """Whether it is another day than its anchor."""
        return bool(self.months or self.days)

    def day(self, known: Mapping[str, date]) -> date | None:
        """The day meant; None while the anchor is not known."""
        anchor = known.get(self.anchor) or (date.fromisoformat(self.anchor) if self.anchor[0].isdigit() else None)
        return None if anchor is None else add_months(anchor, self.months) + timedelta(days=self.days)


def parse_limit(text: str) -> DateLimit:
    """Raises ValueError for what is no limit."""
    found = _LIMIT.fullmatch(text)
    if found is None or (found["by"] is None) != (found["unit"] is None):
        raise ValueError(f"「{text}」不是日期界限，要像 today、birth+14y、left_on-6m、1999-01-22 这样写")
    anchor, by, unit = found["anchor"], int(found["by"] or 0), found["unit"]
    if anchor[0].isdigit():
        date.fromisoformat(anchor)
    if unit == "d":
        return DateLimit(anchor, days=by)
    return DateLimit(anchor, months=by * (MONTHS_A_YEAR if unit == "y" else 1))


@dataclass(frozen=True, slots=True)
class Crossed:
    """A limit that a date does not keep, and the day it stands for."""

    limit: DateLimit
    bound: date
    is_too_early: bool
    """Whether the date is before the limit; otherwise it is after it."""


def crossed(
    day: date,
    not_before: Sequence[str],
    not_after: Sequence[str],
    known: Mapping[str, date],
    *,
    whole_months: bool = False,
) -> Crossed | None:
    """The first limit that ``day`` does not keep; the limit's own day is allowed, one of an unknown anchor is kept.

    ``whole_months``: ``day`` is the first of a month, and the limit's own month is allowed.
    """
    for texts, is_too_early in ((not_before, True), (not_after, False)):
        for limit in map(parse_limit, texts):
            bound = limit.day(known)
            bound = bound.replace(day=1) if bound is not None and whole_months else bound
            if bound is not None and (day < bound if is_too_early else day > bound):
                return Crossed(limit, bound, is_too_early)
    return None


class _LimitWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    anchors: dict[str, str]
    named: str
    counted: str


def limit_text(broken: Crossed, labels: Mapping[str, str]) -> str:
    """The limit as people read it: 「今天（2026年11月23日）」「2004年3月7日（按身份证上的出生日期算）」「1999年1月22日」.

    ``labels``: of the form's questions, by id.
    """
    words = _limit_words()
    shown = day_text(broken.bound)
    what = words.anchors.get(broken.limit.anchor) or labels.get(broken.limit.anchor)
    if what is None:
        return shown
    return (words.counted if broken.limit.is_shifted else words.named).format(what=what, day=shown)


@lru_cache(maxsize=1)
def _limit_words() -> _LimitWords:
    return _LimitWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def _parses(text: str) -> str:
    parse_limit(text)
    return text


LimitText = Annotated[str, AfterValidator(_parses)]
"""A limit as it is written in the item's file."""
