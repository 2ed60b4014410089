"""Words of dates as data (``data/dates.yaml``): days, months, years and weeks counted from today, lunar names."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "data" / "dates.yaml"


class Festivals(BaseModel):
    """Days with a name: month and day of either calendar; day 0 is the month's last."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    solar: dict[str, tuple[int, int]]
    lunar: dict[str, tuple[int, int]]


class DateWords(BaseModel):
    """The data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    days: dict[str, int]
    months: dict[str, int]
    years: dict[str, int]
    weeks: dict[str, int]
    lunar_marks: tuple[str, ...]
    lunar_months: dict[str, int]
    left_over: tuple[str, ...]
    harmless: tuple[str, ...]
    festivals: Festivals
    around: tuple[str, ...]


@lru_cache(maxsize=1)
def date_words() -> DateWords:
    """The data, checked."""
    return DateWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
