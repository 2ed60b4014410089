"""The form of a case as filled so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from backend.contracts.cases import FieldView
from backend.contracts.catalogue_content import FieldKind, Form, FormField
from backend.contracts.conditions import evaluate, parse
from backend.language.names import mask_name
from backend.one_window.cases.answers import is_yes
from backend.one_window.cases.wording import day_text, yes_no
from backend.platform.vault import StoredIdentifier

Answers = Mapping[str, Mapping[str, Any]]


def fields_for(form: Form, situation: Mapping[str, bool]) -> list[FormField]:
    """The form's fields that apply in a situation."""
    return [field for field in form.fields if evaluate(parse(field.when), situation) is not False]


def missing(fields: Sequence[FormField], answers: Answers) -> list[FormField]:
    """Fields still to be asked for, in order; a skipped optional field is not asked again."""
    return [field for field in fields if field.id not in answers]


def lacking(fields: Sequence[FormField], answers: Answers) -> list[FormField]:
    """Required fields without a value: the form cannot be submitted."""
    return [field for field in fields if field.required and not answers.get(field.id, {}).get("value")]


def view(field: FormField, answers: Answers, identifiers: Sequence[StoredIdentifier]) -> FieldView:
    """A field with its value as people may see it."""
    answer = answers.get(field.id)
    return FieldView(
        id=field.id,
        label=field.label,
        question=field.question,
        kind=field.kind,
        required=field.required,
        choices=field.choices,
        help=field.help,
        value=None if answer is None or not answer.get("value") else _shown(field, str(answer["value"]), identifiers),
        skipped=bool(answer and answer.get("skipped")),
    )


def _shown(field: FormField, value: str, identifiers: Sequence[StoredIdentifier]) -> str:
    for kept in identifiers:
        value = value.replace(kept.placeholder, kept.masked)
    if field.kind is FieldKind.DATE:
        return day_text(date.fromisoformat(value))
    if field.kind is FieldKind.YES_NO:
        return yes_no(yes=is_yes(value))
    if field.kind is FieldKind.MONEY:
        return f"{Decimal(value):,.2f}元"
    return value


def masked_name(answers: Answers) -> str:
    """The applicant as a queue shows them: 「和**」."""
    name = str(answers.get("name", {}).get("value") or "")
    return mask_name(name)
