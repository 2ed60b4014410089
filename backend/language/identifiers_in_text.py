"""Find personal identifiers in what people write or say: spaced, hyphened, full-width, or in Chinese numerals."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from backend.language.digits import DIGIT_CHARACTERS, to_arabic
from backend.language.identifiers import IdentifierKind, Verdict, check, luhn_holds
from backend.language.placeholders import replace_placeholders
from backend.language.serial_numbers import is_number

NUMBER_MARK = "（号码）"
"""Stands for an identifier where nobody needs to find it again."""
_SEPARATOR = r"[ \-·.]"
_GROUPED = re.compile(
    rf"(?<![0-9A-Za-z])\+?\d{{3,}}(?:{_SEPARATOR}\d{{3,}})*(?:{_SEPARATOR}?\d{{0,3}}[Xx])?(?![A-Za-z])"
)
_SINGLY = re.compile(r"(?<!\d)\d(?:[ ,，、]\d){10,}(?:[ ,，、]?[Xx])?")
_CHINESE = re.compile(rf"[{DIGIT_CHARACTERS}0-9]{{11,}}[Xx]?")
_COUNTRY_CODE = re.compile(r"86(?=1[3-9]\d{9}$)")
_PIECE = re.compile(r"\+?\d+(?:[ \-]?[Xx])?")
_BIRTH_INSIDE = re.compile(r"^[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])")
SHORTEST = 11
"""Shorter runs of digits are dates, sums and years."""


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier at ``start:end`` of the text."""

    start: int
    end: int
    verdict: Verdict


def find_identifiers(text: str) -> list[Found]:
    """Identifiers in order of appearance, none overlapping. Numbers of our own (cases, notices) are none."""
    taken: list[Found] = []
    for start, end in _runs(text):
        if any(found.start < end and start < found.end for found in taken):
            continue
        digits = re.sub(r"[^0-9X]", "", to_arabic(text[start:end]).upper())
        verdict = _classify(digits)
        if verdict is not None:
            taken.append(Found(start, end, verdict))
    return sorted(taken, key=lambda found: found.start)


def replace_identifiers(text: str, by: Callable[[Verdict], str]) -> str:
    """The text with other words for every identifier that is written out in it."""
    for found in reversed(find_identifiers(text)):
        text = text[: found.start] + by(found.verdict) + text[found.end :]
    return text


def hide_identifiers(text: str) -> str:
    """The text with the same mark for every identifier, written out or as a placeholder: nothing leads back to it."""
    return replace_placeholders(replace_identifiers(text, lambda _verdict: NUMBER_MARK), NUMBER_MARK)


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """Where digits stand together; two whole numbers beside each other are two."""
    for match in _GROUPED.finditer(text):
        pieces = [(match.start() + p.start(), match.start() + p.end()) for p in _PIECE.finditer(match.group())]
        whole = any(end - start >= SHORTEST for start, end in pieces[:-1])
        yield from pieces if whole else (match.span(),)
    for pattern in (_SINGLY, _CHINESE):
        for match in pattern.finditer(text):
            yield match.span()


def _classify(digits: str) -> Verdict | None:
    if len(digits) < SHORTEST or is_number(digits):
        return None
    digits = _COUNTRY_CODE.sub("", digits)
    return check(_kind(digits), digits)


def _kind(digits: str) -> IdentifierKind:
    length = len(digits)
    if length == 11 and digits[0] in "01":
        return "phone"
    if length in (15, 18) or digits.endswith("X"):
        return "bank" if length == 18 and digits.isdigit() and _is_bank_rather(digits) else "id"
    if 16 <= length <= 19:
        return "id" if _BIRTH_INSIDE.match(digits) and not luhn_holds(digits) else "bank"
    return "number"


def _is_bank_rather(digits: str) -> bool:
    """18 digits can be a card; a citizen number has a date of birth inside."""
    return not _BIRTH_INSIDE.match(digits) and luhn_holds(digits)
