"""Checking what people answer to a form's fields. Every refusal names the problem and how to mend it; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.catalogue_content import FieldKind, FormField
from backend.language.choice_meanings import read_choice_meant
from backend.language.counts import read_count
from backend.language.dates import read_date, two_readings
from backend.language.documents import read_document_number
from backend.language.field_texts import (
    EMPLOYER,
    TextReading,
    TextVerdict,
    is_agreement,
    is_no_person,
    read_field_text,
    text_kind,
)
from backend.language.identifiers import CARD_LENGTHS, ID_LENGTH, IdentifierKind, birth_date, check, not_a
from backend.language.month_answers import read_month_told
from backend.language.names import read_name
from backend.language.no_such_day import no_such_day
from backend.language.number_parts import figures_told
from backend.language.placeholders import replace_placeholders
from backend.language.plain_texts import is_name_of_something
from backend.language.quantities import read_money, unclear_problem
from backend.language.remarks import Remark, read_remark
from backend.language.text import tidy
from backend.language.verb_answers import read_yes_no_to
from backend.one_window.cases.wording import day_text, say
from backend.platform.errors import InvalidError
from backend.platform.vault import Vault

LONGEST = {FieldKind.TEXT: 100, FieldKind.LONG_TEXT: 500}
VAULT_KINDS: dict[FieldKind, IdentifierKind] = {
    FieldKind.ID_NUMBER: "id",
    FieldKind.PHONE: "phone",
    FieldKind.BANK_CARD: "bank",
}
_OPEN = frozenset({FieldKind.NAME, FieldKind.TEXT, FieldKind.LONG_TEXT})
"""Fields that take words as they come: what waits or hesitates must not fill them."""
_TRUE, _FALSE = "true", "false"


@dataclass(frozen=True, slots=True)
class AnswerChecker:
    """Turns what was said into the form that is kept: normal, with placeholders for personal identifiers."""

    vault: Vault
    session: AsyncSession
    owner: str
    """Owner of the placeholders that may be used."""
    today: date
    confirmed: bool = False
    """Whether it was told before, and asked about: then it is taken although it does not look like an answer."""

    async def check(self, field: FormField, said: str) -> str:
        """The kept form. Raises InvalidError with ``field="value"``."""
        value = tidy(said)
        if not value:
            raise InvalidError("field.required", field="value", label=field.label)
        if field.kind in _OPEN and _is_remark(value):
            raise InvalidError("field.remark", field="value", label=field.label)
        return await _CHECKS[field.kind](self, field, value)

    async def identifier(self, field: FormField, value: str) -> str:
        """A placeholder of the right kind whose identifier holds."""
        wanted = VAULT_KINDS[field.kind]
        kept = await self.vault.look_up(self.session, value, self.owner)
        for entry in kept:
            if entry.kind == wanted and entry.valid:
                return entry.placeholder
        right_kind = next((entry for entry in kept if entry.kind == wanted), None)
        if right_kind is not None and wanted == "bank" and len(right_kind.masked) in CARD_LENGTHS:
            raise InvalidError("field.bank_doubtful", field="value")
        length = len(kept[0].masked) if kept else len(figures_told(replace_placeholders(value, " ")))
        problem = not_a(wanted, length) if right_kind is None else right_kind.problem
        raise InvalidError(f"field.{field.kind}", field="value", problem=problem)

    async def doubtful_card(self, value: str) -> str | None:
        """The placeholder of a card number that has the right length and not the right check digit."""
        for entry in await self.vault.look_up(self.session, value, self.owner):
            if entry.kind == "bank" and not entry.valid and len(entry.masked) in CARD_LENGTHS:
                return entry.placeholder
        return None

    async def document(self, kind: str, said: str) -> str:
        """A placeholder of another document's number, checked by the document's own rule. Raises InvalidError."""
        value = tidy(said)
        told = await self.vault.reveal_all(self.session, value, self.owner)
        verdict = read_document_number(kind, told[0] if told else value)
        if not verdict.valid:
            raise InvalidError("field.document", field="value", problem=verdict.problem)
        return (await self.vault.keep(self.session, verdict, self.owner)).placeholder

    async def birth(self, placeholder: str) -> date | None:
        """The date of birth in a kept identity number; None where it is another document."""
        value = await self.vault.reveal(self.session, placeholder, self.owner) if placeholder else None
        return birth_date(value) if value is not None and len(value) == ID_LENGTH else None

    async def credit_code(self, _field: FormField, value: str) -> str:
        """A unified social credit code (GB 32100)."""
        verdict = check("credit", re.sub(r"[\s\-]", "", value))
        if not verdict.valid:
            raise InvalidError("field.credit_code", field="value", problem=verdict.problem)
        return verdict.value

    async def name(self, field: FormField, value: str) -> str:
        """A person's name: Chinese characters, the middle dot allowed, 2 to 20; no place, firm, trade or story."""
        name = read_name(value)
        if name is None:
            raise InvalidError("field.name", field="value", label=field.label)
        if not self.confirmed and is_no_person(value):
            raise InvalidError("field.name_unlike", field="value", label=field.label)
        return name

    async def text(self, field: FormField, value: str) -> str:
        """Words that answer the field, without those around them; what is told once more is taken as it is.

        Never what agrees, asks or will not tell; nor, at a field for a name, a number of a person.
        """
        self._fits_in(field, value)
        reading = read_field_text(field.label, value)
        if reading.verdict is TextVerdict.NONE:
            raise InvalidError(_no_text(field, value), field="value", label=field.label)
        if reading.verdict is TextVerdict.TAKEN or self.confirmed:
            return reading.value
        raise _asked_again(field, reading)

    async def long_text(self, field: FormField, value: str) -> str:
        """A story or a wish in free words; an agreement is none."""
        self._fits_in(field, value)
        if is_agreement(value):
            raise InvalidError("field.remark", field="value", label=field.label)
        return value

    def _fits_in(self, field: FormField, value: str) -> None:
        limit = LONGEST[field.kind]
        if len(value) > limit:
            raise InvalidError("field.too_long", field="value", label=field.label, limit=limit)

    async def month(self, field: FormField, value: str) -> str:
        """A month as 「2026-12」."""
        month = read_month_told(value, self.today)
        if month is None:
            raise InvalidError("field.which_month", field="value", label=field.label)
        return str(month)

    async def date(self, field: FormField, value: str) -> str:
        """An ISO date."""
        day = read_date(value, self.today)
        days = two_readings(value, self.today) if day is None else None
        if days is not None:
            first, second = map(day_text, days)
            raise InvalidError("field.which_day", field="value", label=field.label, first=first, second=second)
        none = no_such_day(value, self.today) if day is None else None
        if none is not None:
            name, details = none.problem
            raise InvalidError(name, field="value", label=field.label, **details)
        if day is None:
            raise InvalidError("field.date", field="value", label=field.label)
        return day.isoformat()

    async def money(self, field: FormField, value: str) -> str:
        """Yuan with two decimals."""
        return f"{_amount(field, value):.2f}"

    async def number(self, field: FormField, value: str) -> str:
        """A number as a decimal string."""
        amount = _amount(field, value)
        if field.maximum is not None and amount > field.maximum:
            raise InvalidError("field.number", field="value", label=field.label)
        return str(amount.normalize()) if amount % 1 else str(int(amount))

    async def choice(self, field: FormField, value: str) -> str:
        """One of the choices: its words, a part of only one of them, its place (「第二个」), or what people say for it."""
        chosen = read_choice_meant(value, field.choices)
        if chosen is None:
            raise InvalidError("field.choice", field="value", label=field.label, choices="、".join(field.choices))
        return field.choices[chosen]

    async def yes_no(self, field: FormField, value: str) -> str:
        """``true`` or ``false``."""
        answer = read_yes_no_to(field.question, value)
        if answer is None:
            raise InvalidError("field.yes_no", field="value", label=field.label)
        return _TRUE if answer else _FALSE


_CHECKS: dict[FieldKind, Callable[[AnswerChecker, FormField, str], Awaitable[str]]] = {
    FieldKind.NAME: AnswerChecker.name,
    FieldKind.ID_NUMBER: AnswerChecker.identifier,
    FieldKind.PHONE: AnswerChecker.identifier,
    FieldKind.BANK_CARD: AnswerChecker.identifier,
    FieldKind.CREDIT_CODE: AnswerChecker.credit_code,
    FieldKind.TEXT: AnswerChecker.text,
    FieldKind.LONG_TEXT: AnswerChecker.long_text,
    FieldKind.DATE: AnswerChecker.date,
    FieldKind.MONTH: AnswerChecker.month,
    FieldKind.MONEY: AnswerChecker.money,
    FieldKind.NUMBER: AnswerChecker.number,
    FieldKind.CHOICE: AnswerChecker.choice,
    FieldKind.YES_NO: AnswerChecker.yes_no,
}


def _amount(field: FormField, value: str) -> Decimal:
    """The one amount told. Raises InvalidError that says why there is none."""
    amount = read_money(value) if field.kind is FieldKind.MONEY else read_count(field.question, value)
    if isinstance(amount, Decimal):
        return amount
    raise InvalidError(unclear_problem(amount, field.kind), field="value", label=field.label)


def is_doubtful(field: FormField, said: str) -> bool:
    """Whether words are taken only because they were told twice."""
    if field.kind is FieldKind.NAME:
        return is_no_person(said)
    return field.kind is FieldKind.TEXT and read_field_text(field.label, said).verdict is not TextVerdict.TAKEN


def _no_text(field: FormField, value: str) -> str:
    """The problem of words that answer nothing."""
    return "field.text" if not is_name_of_something(value) or text_kind(field.label) != EMPLOYER else "field.employer"


def _asked_again(field: FormField, reading: TextReading) -> InvalidError:
    """What is asked of words that look like something else, or are only a part."""
    if reading.verdict is TextVerdict.COARSE:
        return InvalidError("field.text_rest", field="value", label=field.label, told=reading.value)
    if reading.verdict is TextVerdict.DOUBTFUL and text_kind(field.label) == EMPLOYER:
        return InvalidError("field.employer", field="value", label=field.label)
    name = "field.text_doubtful" if reading.verdict is TextVerdict.DOUBTFUL else "field.text_unlike"
    return InvalidError(
        name,
        field="value",
        label=field.label,
        example=say("asking", "example", example=field.example) if field.example else "",
    )


def _is_remark(value: str) -> bool:
    """「没有」 and 「不知道」 are answers to some questions, 「等一下」 and 「取消」 to none."""
    return read_remark(value) in {Remark.WAITING, Remark.COMMAND}


def is_yes(kept: str) -> bool:
    """Whether a kept yes/no answer is yes."""
    return kept == _TRUE
