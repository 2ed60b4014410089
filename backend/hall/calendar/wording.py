"""Words of the calendar, from data/wording.yaml."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import yaml

from backend.contracts.wire import Wire

_FILE = Path(__file__).parent / "data" / "wording.yaml"


class CalendarWords(Wire):
    """What may stand in pasted lines, and what people read."""

    working: tuple[str, ...]
    closed: tuple[str, ...]
    now: dict[bool, str]
    sources: dict[str, str]
    weekdays: tuple[str, ...]
    day: str

    def day_text(self, day: date) -> str:
        """「2027年2月5日」."""
        return self.day.format(day=day)


@lru_cache(maxsize=1)
def words() -> CalendarWords:
    """The words."""
    return CalendarWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
