"""Rules of identifiers: length, checksum, masked form.

Sources: GB 11643-1999 (citizen number), GB 32100-2015 (unified social credit code), 《电信网编号计划（2017年版）》 (mobile
numbers), ISO/IEC 7812 (Luhn, bank cards). Check digits come from python-stdnum. Its whole verdicts are not ours: it refuses
citizen numbers of regions it does not list, and credit codes whose registering authority is a letter (农业农村部门 N, 乡镇 Y).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

import yaml
from stdnum import luhn
from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from backend.language.identifier_forms import is_province

IdentifierKind = Literal["id", "phone", "bank", "number", "document", "credit", "secret"]
"""``document``: of a passport or permit. ``secret``: of our own accounts, never found in texts."""

_CHINA = ZoneInfo("Asia/Shanghai")
_SENTENCES = Path(__file__).parent / "data" / "identifiers.yaml"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
ID_LENGTH = 18
CARD_LENGTHS = range(16, 20)
"""Digits of a bank card."""
LENGTHS: dict[IdentifierKind, range] = {
    "id": range(ID_LENGTH, ID_LENGTH + 1),
    "phone": range(11, 12),
    "bank": CARD_LENGTHS,
    "credit": range(18, 19),
}
"""How many signs a number has."""
_OLD_LENGTH = 15
_CENTURIES = ("19", "20")
_FIRST_YEAR_OF_BIRTH = 1900
_MOBILE = re.compile(r"1[3-9]\d{9}")
_FIXED_LINE = re.compile(r"0[1-9]\d{1,2}[2-8]\d{6,7}")
_WITHOUT_AREA_CODE = re.compile(r"[2-8]\d{6,7}")
_COUNTRY_CODE = re.compile(r"(?:00)?86(?=1[3-9]\d{9}$)")


_SHOWN: dict[IdentifierKind, tuple[int, int]] = {
    "id": (3, 4),
    "phone": (3, 4),
    "bank": (0, 4),
    "number": (2, 2),
    "document": (1, 3),
    "credit": (4, 4),
}
"""How many signs at the head and at the tail people may see."""
_SHOWN_OF_SHORT = 2
"""The same of the tail of a telephone that is shorter than a mobile: most of it would stand there."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether an identifier holds; ``problem`` is a sentence for people, empty when it does."""

    kind: IdentifierKind
    value: str
    """Normal form: digits only, X upper case, a mobile number without country code."""
    valid: bool
    problem: str
    masked: str


@lru_cache(maxsize=1)
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = yaml.safe_load(_SENTENCES.read_text("utf-8"))
    return sentences


def check(kind: IdentifierKind, value: str) -> Verdict:
    """Check a value already stripped of separators."""
    normal = value.upper()
    name = _CHECKS[kind](normal)
    return Verdict(kind, normal, True, "", mask(kind, normal)) if name is None else refused(kind, normal, name)


def refused(kind: IdentifierKind, value: str, problem: str, **details: str) -> Verdict:
    """The verdict on a value that does not hold; ``problem`` names a sentence of ``data/identifiers.yaml``."""
    sentence = _sentences()[problem].format(length=len(value), **details)
    return Verdict(kind, value, False, sentence, mask(kind, value))


def without_country_code(digits: str) -> str:
    """A mobile number without 86 or 0086 in front; anything else as it was."""
    return _COUNTRY_CODE.sub("", digits)


def is_fixed_line(digits: str) -> bool:
    """Whether it is a number of a fixed line with its area code: 「0888」 and 7 figures, 「0871」 and 8."""
    return _FIXED_LINE.fullmatch(digits) is not None


def not_a(kind: IdentifierKind, length: int) -> str:
    """The sentence for something of another kind, ``length`` digits long, where a ``kind`` was asked for."""
    names = {
        "id": "id.checksum" if length == ID_LENGTH else "id.length",
        "phone": "phone.format",
        "bank": "bank.format",
    }
    return _sentences()[names[kind]].format(length=length)


def wrong_length(kind: IdentifierKind) -> str:
    """The sentence for a number of the wrong length on a paper that nobody checks before it is handed in."""
    return _sentences()[f"length.{kind}"]


def mask(kind: IdentifierKind, value: str) -> str:
    """The form that people may see: 「530***********0018」「138****1234」."""
    head, tail = _SHOWN[kind]
    if kind == "phone" and head + tail < len(value) < LENGTHS["phone"].start:
        head, tail = 0, _SHOWN_OF_SHORT
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[-tail:]


def is_begun_id(digits: str) -> bool:
    """Whether 15 digits rather begin a citizen number of 18 than are one of the old kind: a whole date of birth stands in them.

    Of the old kind (six digits of a date) only people born before 1921 have one that looks so.
    """
    return (
        len(digits) == _OLD_LENGTH
        and digits.isdigit()
        and birth_date(f"{digits}000") is not None
        and digits[6:8] in _CENTURIES
    )


def birth_date(id_number: str) -> date | None:
    """The date of birth in a citizen number, None if it is no date."""
    try:
        return ric.get_birth_date(id_number)
    except (ValidationError, ValueError):
        return None


def id_checksum_holds(id_number: str) -> bool:
    """Whether 17 digits and a digit or X carry the right check digit (GB 11643)."""
    return _ID_NUMBER.fullmatch(id_number) is not None and ric.calc_check_digit(id_number) == id_number[-1]


def _id_problem(value: str) -> str | None:
    if len(value) == _OLD_LENGTH and value.isdigit():
        return "id.old"
    if value.startswith("0") or not _ID_NUMBER.fullmatch(value):
        return "id.length"
    born = birth_date(value)
    if born is None or born.year < _FIRST_YEAR_OF_BIRTH or born > datetime.now(_CHINA).date():
        return "id.birth"
    if not is_province(value):
        return "id.province"
    return None if id_checksum_holds(value) else "id.checksum"


def _phone_problem(value: str) -> str | None:
    if _MOBILE.fullmatch(value):
        return None
    if value.startswith("+"):
        return "phone.foreign"
    is_fixed_line = value.startswith("0") or _WITHOUT_AREA_CODE.fullmatch(value)
    return "phone.landline" if is_fixed_line else "phone.format"


def _bank_problem(value: str) -> str | None:
    if not re.fullmatch(r"\d{16,19}", value):
        return "bank.format"
    return None if luhn_holds(value) else "bank.checksum"


def luhn_holds(digits: str) -> bool:
    """The check digit of a bank card (ISO/IEC 7812)."""
    return luhn.is_valid(digits)


def _document_problem(_value: str) -> None:
    """What has a letter in front has no check digit that is published."""


def _number_problem(_value: str) -> str | None:
    return "number.unclear"


def _credit_problem(value: str) -> str | None:
    if not re.fullmatch(f"[{_CREDIT_ALPHABET}]{{18}}", value):
        return "credit.format"
    return None if uscc.calc_check_digit(value) == value[-1] else "credit.checksum"


_CHECKS = {
    "id": _id_problem,
    "phone": _phone_problem,
    "bank": _bank_problem,
    "number": _number_problem,
    "document": _document_problem,
    "credit": _credit_problem,
}
