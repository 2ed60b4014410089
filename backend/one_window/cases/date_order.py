"""Dates of a form against today, the date of birth and each other: what contradicts is asked about, never kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from backend.contracts.catalogue_content import FieldKind, FormField
from backend.contracts.date_limits import BIRTH, TODAY, Crossed, crossed, limit_text
from backend.language.month_answers import month_text
from backend.language.months import Month
from backend.one_window.cases.wording import day_text
from backend.platform.errors import InvalidError


def check_order(fields: Sequence[FormField], answers: Mapping[str, str], birth: date | None, today: date) -> None:
    """Whether the dates agree. Raises InvalidError (``value``) that names both sides."""
    labels = {field.id: field.label for field in fields}
    kinds = {field.id: field.kind for field in fields if field.kind in {FieldKind.DATE, FieldKind.MONTH}}
    known = {name: _day(kinds[name], value) for name, value in answers.items() if name in kinds and value}
    known[TODAY] = today
    if birth is not None:
        known[BIRTH] = birth
    for field in fields:
        day = known.get(field.id) if field.id in kinds else None
        if day is None:
            continue
        broken = crossed(day, field.not_before, field.not_after, known, whole_months=field.kind is FieldKind.MONTH)
        if broken is not None:
            raise _refusal(field, day, broken, labels)


def _refusal(field: FormField, day: date, broken: Crossed, labels: Mapping[str, str]) -> InvalidError:
    side = "before" if broken.is_too_early else "after"
    limit = limit_text(broken, labels)
    told = month_text(Month.of(day)) if field.kind is FieldKind.MONTH else day_text(day)
    return InvalidError(f"field.{side}", field="value", label=field.label, day=told, limit=limit)


def _day(kind: FieldKind, kept: str) -> date:
    """The day that is kept; of a month its first."""
    return date.fromisoformat(f"{kept}-01" if kind is FieldKind.MONTH else kept)
