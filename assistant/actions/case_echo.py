"""Which answer of a form is said back in full: what was understood is not what was written, word for word."""

from __future__ import annotations

import re
import unicodedata

from assistant.actions.case_numbers import KINDS
from assistant.actions.turn import TurnView
from backend.contracts.cases import Case, FieldView
from backend.contracts.catalogue_content import FieldKind
from backend.language.field_texts import EMPLOYER, text_kind
from backend.language.names import SHORTEST, is_full_name, is_spelt, without_title
from backend.language.quantities import is_hedged
from backend.language.yes_no import read_yes_no

_MARKS = re.compile(r"[\s，,。.!！~～、·]")
_PLAIN_NUMBER = re.compile(r"[^\d.]")


def noted_field(turn: TurnView, before: Case, after: Case, field_id: str, *, always: bool = False) -> FieldView | None:
    """The field as it is kept now, where that has to be said; None where it stands as it was written.

    ``always``: of a correction. What corrects itself within the message is always said.
    """
    was, now = (next((field for field in case.fields if field.id == field_id), None) for case in (before, after))
    if turn.choice is not None or was is None or now is None or not now.value:
        return None
    if always or turn.corrects_itself:
        return now
    several = len(turn.identifiers) > 1 and now.kind in KINDS
    if several or (turn.identifiers and now.kind is FieldKind.NAME):
        return now  # which of them was taken
    return now if _differs(turn.text, was, now, now.value) else None


def _differs(text: str, was: FieldView, now: FieldView, value: str) -> bool:
    said = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    match now.kind:
        case FieldKind.DATE | FieldKind.MONTH | FieldKind.CHOICE:
            return _MARKS.sub("", value) not in said
        case FieldKind.NAME if now.unverified:
            return True
        case FieldKind.NAME:
            plain = is_full_name(value) and len(value) > SHORTEST and value in text and not is_spelt(text)
            return not plain or without_title(text.strip()) != text.strip()
        case FieldKind.MONEY | FieldKind.NUMBER:
            return _amount(value) != _amount(text) or is_hedged(text)
        case FieldKind.YES_NO:
            return read_yes_no(text) is None
        case FieldKind.TEXT:
            return text_kind(now.label) == EMPLOYER or now.unverified or _MARKS.sub("", now.told) != said
        case FieldKind.ID_NUMBER | FieldKind.PHONE | FieldKind.BANK_CARD:
            return bool(was.figures or now.document)
        case _:
            return False


def _amount(text: str) -> str:
    plain = _PLAIN_NUMBER.sub("", unicodedata.normalize("NFKC", text))
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
