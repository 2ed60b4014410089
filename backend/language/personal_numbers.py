"""Which identifiers belong to a person: identity cards, passports, bank cards, mobiles; not the telephones of offices and hotlines."""

from __future__ import annotations

import re

from backend.language.identifier_forms import identifier_forms
from backend.language.identifiers import Verdict, birth_date, check
from backend.language.identifiers_in_text import NUMBER_MARK, Found, find_identifiers
from backend.language.short_numbers import is_local_telephone

_MOBILE_SHAPED = re.compile(r"1\d{10}")
_NATIONAL = "10"
"""Region of what is registered with the state itself (100000)."""
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
    """Whether it is a person's, right or mistyped: what has the length and shape of an identity or card number, or of a mobile.

    A unified social credit code of nothing but figures belongs to an employer, a number of a fixed line to an office.
    """
    if verdict.kind == "phone":
        return verdict.value.startswith("+") or _MOBILE_SHAPED.fullmatch(verdict.value) is not None
    if verdict.kind not in {"id", "bank", "document"}:
        return False
    return verdict.valid or not _is_an_employers(verdict.value)


def _is_an_employers(number: str) -> bool:
    """Whether it is rather a unified social credit code: its check digit, and its region where GB 32100 has it, from the third on."""
    region = number[2:4]
    is_region = region in identifier_forms().provinces or region == _NATIONAL
    return is_region and birth_date(number) is None and check("credit", number).valid


def is_office_telephone(verdict: Verdict) -> bool:
    """Whether it is a number of a fixed line: area codes begin with 0 (《电信网编号计划（2017年版）》), or it has none."""
    return verdict.kind == "phone" and (verdict.value.startswith("0") or is_local_telephone(verdict.value))
