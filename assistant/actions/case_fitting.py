"""How well a value answers a field, by the field's own reader; whether it is the value that is kept."""

from __future__ import annotations

import re
from unicodedata import normalize

from assistant.actions.turn import TurnView
from backend.contracts.cases import FieldView
from backend.contracts.catalogue_content import FieldKind
from backend.language.choice_meanings import read_choice_meant
from backend.language.dates import read_date
from backend.language.field_texts import TextVerdict, is_no_person, read_field_text
from backend.language.month_answers import read_month_told
from backend.language.names import is_full_name, read_name
from backend.language.number_parts import figures_told
from backend.language.placeholders import has_placeholder
from backend.language.remarks import is_no_name
from backend.language.verb_answers import read_yes_no_to

NOT, MAYBE, SURELY = 0, 1, 2
"""How well a value answers."""
_SIGNS = re.compile(r"\W+")
_SHORTEST = 2


def fit(field: FieldView, value: str, turn: TurnView) -> int:
    """Whether a value can be an answer to a field, by its sort."""
    match field.kind:
        case FieldKind.ID_NUMBER | FieldKind.PHONE | FieldKind.BANK_CARD:
            return SURELY if has_placeholder(value) or figures_told(value) else NOT
        case FieldKind.DATE:
            return NOT if read_date(value, turn.message.today) is None else SURELY
        case FieldKind.MONTH:
            return NOT if read_month_told(value, turn.message.today) is None else SURELY
        case FieldKind.CHOICE:
            return NOT if read_choice_meant(value, field.choices) is None else SURELY
        case FieldKind.YES_NO:
            return NOT if read_yes_no_to(field.question, value) is None else SURELY
        case FieldKind.NAME:
            return _fits_name(value)
        case FieldKind.TEXT:
            reading = read_field_text(field.label, value)
            if reading.verdict in {TextVerdict.NONE, TextVerdict.UNLIKE}:
                return NOT
            return SURELY if reading.sure else MAYBE
        case _:
            return MAYBE


def _fits_name(value: str) -> int:
    name = read_name(value)
    if name is None or is_no_person(value) or is_no_name(name):
        return NOT
    return SURELY if is_full_name(name) else MAYBE


def is_value_of(field: FieldView, said: str) -> bool:
    """Whether these words are what a field holds, or a part of it: 「31号」 of 「2026年10月31日」."""
    kept, words = _plain(field.told or field.value or ""), _plain(said)
    return len(words) >= _SHORTEST and bool(kept) and (words in kept or (len(kept) >= _SHORTEST and kept in words))


def _plain(text: str) -> str:
    return _SIGNS.sub("", normalize("NFKC", text)).replace("号", "日")
