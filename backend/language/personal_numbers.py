"""Which identifiers belong to a person: identity cards, passports, bank cards, mobiles; not the telephones of offices and hotlines."""

from __future__ import annotations

import re

from backend.language.identifiers import Verdict, birth_date
from backend.language.identifiers_in_text import NUMBER_MARK, Found, find_identifiers

OLD_ID_LENGTH = 15
_OWN_ID = re.compile(r"(?:[a-z_]+:)?[0-9a-f]{32}", re.ASCII)


def find_personal(text: str) -> list[Found]:
    """A person's numbers written out in a text, in order."""
    return [found for found in find_identifiers(text) if is_personal(found.verdict)]


def hide_personal(text: str) -> str:
    """The text with a mark for every number of a person: nothing leads back to it."""
    for found in reversed(find_personal(text)):
        text = text[: found.start] + NUMBER_MARK + text[found.end :]
    return text


def is_own_id(text: str) -> bool:
    """Whether it is a random id of ours (32 hexadecimal digits): eleven of them in a row may look like a telephone."""
    return _OWN_ID.fullmatch(text) is not None


def is_personal(verdict: Verdict) -> bool:
    """Whether it can only be a person's. An identity number with a slip in it still is: the date of birth stands inside."""
    if verdict.kind == "id":
        return verdict.valid or len(verdict.value) == OLD_ID_LENGTH or birth_date(verdict.value) is not None
    return verdict.kind in {"bank", "phone", "document"} and verdict.valid


def is_office_telephone(verdict: Verdict) -> bool:
    """Whether it is a number of a fixed line: area codes begin with 0 (《电信网编号计划（2017年版）》)."""
    return verdict.kind == "phone" and verdict.value.startswith("0")
