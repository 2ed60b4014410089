"""The form of a case as filled so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from backend.contracts.cases import Contact, FieldView
from backend.contracts.catalogue_content import FieldKind, Form, FormField
from backend.contracts.conditions import evaluate, parse
from backend.language.documents import document_kinds, is_shown_only
from backend.language.month_answers import kept_month, month_text
from backend.language.names import mask_name
from backend.language.placeholders import find_placeholders
from backend.one_window.cases.answers import VAULT_KINDS, is_yes
from backend.one_window.cases.contacts import contact_in, contact_words
from backend.one_window.cases.number_parts import FIGURES, SHORTEST
from backend.one_window.cases.wording import at_counter, day_text, document_question, rest_question, unverified, yes_no
from backend.platform.vault import StoredIdentifier

Answers = Mapping[str, Mapping[str, Any]]
ID_NUMBER, PHONE = "id_number", "phone"
"""The fields of every form that tell the applicant's identity number and telephone."""
WORDS = frozenset({FieldKind.NAME, FieldKind.TEXT})
"""Kinds of fields whose words are kept as they were told."""


def fields_for(form: Form, situation: Mapping[str, bool]) -> list[FormField]:
    """The form's fields that apply in a situation."""
    return [field for field in form.fields if evaluate(parse(field.when), situation) is not False]


def missing(fields: Sequence[FormField], answers: Answers) -> list[FormField]:
    """Fields still to be asked for, in order; a skipped optional field is not asked again."""
    return [field for field in fields if not _is_settled(answers.get(field.id))]


def lacking(fields: Sequence[FormField], answers: Answers) -> list[FormField]:
    """Required fields without a value: the form cannot be submitted."""
    return [field for field in fields if field.required and not _has_value(answers.get(field.id, {}))]


def _has_value(answer: Mapping[str, Any]) -> bool:
    """Whether it is filled: with a value, with a document that is only shown, or with word that there is no telephone."""
    shown_only = is_shown_only(str(answer.get("document") or ""))
    return bool(answer.get("value")) or shown_only or contact_in(answer) is Contact.NONE


def _is_settled(answer: Mapping[str, Any] | None) -> bool:
    """Whether it is not asked for any more; a chosen document still lacks its number."""
    return answer is not None and (bool(answer.get("skipped")) or _has_value(answer))


def values(answers: Answers) -> dict[str, str]:
    """What is kept, by the field's id; empty where nothing is."""
    return {name: str(answer.get("value") or "") for name, answer in answers.items()}


def view(field: FormField, answers: Answers, identifiers: Sequence[StoredIdentifier]) -> FieldView:
    """A field with its value as people may see it."""
    answer = answers.get(field.id) or {}
    document = str(answer.get("document") or "")
    question = field.question
    if document and not is_shown_only(document):
        kind = document_kinds()[document]
        question = document_question(kind.label, kind.hint)
    figures = int(answer.get(FIGURES) or 0)
    left = max(SHORTEST[VAULT_KINDS[field.kind]] - figures, 1) if figures else 0
    if figures:
        question = rest_question(figures, left)
    return FieldView(
        id=field.id,
        label=field.label,
        question=question,
        kind=field.kind,
        required=field.required,
        choices=field.choices,
        help=field.help,
        value=_written(field, answer, identifiers),
        told=_shown(field, str(answer.get("value") or ""), identifiers) if field.kind in WORDS else "",
        skipped=bool(answer.get("skipped")),
        unverified=bool(answer.get("unverified")),
        document=document or None,
        figures=figures,
        figures_left=left,
        contact=contact_in(answer),
    )


def _written(field: FormField, answer: Mapping[str, Any], identifiers: Sequence[StoredIdentifier]) -> str | None:
    document = str(answer.get("document") or "")
    named = f"{document_kinds()[document].label}，" if document else ""
    if is_shown_only(document):
        return f"{named}{at_counter()}"
    contact = contact_in(answer)
    if contact is Contact.NONE:
        return contact_words()[contact].shown
    if not answer.get("value"):
        return None
    doubt = unverified(is_number=field.kind in VAULT_KINDS) if answer.get("unverified") else ""
    shown = _shown(field, str(answer["value"]), identifiers)
    if contact is not None:
        shown = contact_words()[contact].shown.format(value=shown)
    return f"{named}{shown}{doubt}"


def _shown(field: FormField, value: str, identifiers: Sequence[StoredIdentifier]) -> str:
    for kept in identifiers:
        value = value.replace(kept.placeholder, kept.masked)
    if field.kind is FieldKind.DATE:
        return day_text(date.fromisoformat(value))
    if field.kind is FieldKind.MONTH:
        return month_text(kept_month(value))
    if field.kind is FieldKind.YES_NO:
        return yes_no(yes=is_yes(value))
    if field.kind is FieldKind.MONEY:
        return f"{Decimal(value):,.2f}元"
    return value


def contact_of(answers: Answers) -> Contact | None:
    """How the applicant is reached; None by a telephone of their own."""
    return next((contact for answer in answers.values() if (contact := contact_in(answer))), None)


def own_of(answers: Answers) -> set[str]:
    """Numbers that the form gives as the applicant's own (not of an agent, employer or relative), as placeholders."""
    told = [answers.get(field, {}) for field in (PHONE, ID_NUMBER)]
    own = [str(answer.get("value") or "") for answer in told if contact_in(answer) is None]
    return {str(found) for value in own for found in find_placeholders(value)}


def masked_name(answers: Answers) -> str:
    """The applicant as a queue shows them: 「和**」."""
    name = str(answers.get("name", {}).get("value") or "")
    return mask_name(name)
