"""How values read in sentences, from data/wording.yaml."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from backend.language.durations import Span
from backend.language.months import MONTHS_A_YEAR, Month

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Yuan:
    """An amount of money in yuan."""

    amount: Decimal


@lru_cache(maxsize=1)
def _wording() -> dict[str, Any]:
    wording: dict[str, Any] = yaml.safe_load((DATA / "wording.yaml").read_text("utf-8"))
    return wording


def common(name: str) -> str:
    """A sentence that several rules use, not filled in."""
    return str(_wording()["sentences"][name])


def fill(sentence: str, **values: Any) -> str:
    """A sentence with its values as people read them."""
    return sentence.format(**{name: shown(value) for name, value in values.items()})


def shown(value: Any) -> str:
    """「2025年2月」「2025年2月3日」「15年6个月」「12,000元」「3.5」."""
    words = _wording()["values"]
    match value:
        case Month():
            return str(words["month"]).format(year=value.year, month=value.number)
        case date():
            return str(words["day"]).format(day=value)
        case Span():
            return _span(value, words)
        case Yuan():
            return str(words["yuan"]).format(amount=_plain(value.amount, ","))
        case Decimal():
            return _plain(value, "")
        case _:
            return str(value)


def age(span: Span) -> str:
    """「60岁1个月」."""
    words = _wording()["values"]
    years, months = divmod(span.months, MONTHS_A_YEAR)
    return str(words["age"]).format(years=years) + (str(words["months"]).format(months=months) if months else "")


def _span(span: Span, words: dict[str, str]) -> str:
    years, months = divmod(span.months, MONTHS_A_YEAR)
    parts = [words["years"].format(years=years)] if years else []
    if months or not (years or span.days):
        parts.append(words["months"].format(months=months))
    if span.days:
        parts.append(words["days"].format(days=span.days))
    return "".join(parts)


def _plain(amount: Decimal, thousands: str) -> str:
    """Up to two decimals, none where they are zero."""
    text = f"{amount:{thousands}.2f}"
    return text.rstrip("0").rstrip(".")
