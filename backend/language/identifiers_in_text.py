"""Find personal identifiers in what people write or say: grouped anyhow, in any digits, in Chinese numerals.

Digits that stand together (``digit_runs``) are cut where it costs least: a number that holds is cheap, one that is
only shaped like one dearer, a long number of no kind dearer still, and every digit left in clear costs one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from backend.language.digit_runs import Group, digit_runs
from backend.language.digits import to_arabic
from backend.language.identifier_forms import identifier_forms
from backend.language.identifiers import (
    CARD_LENGTHS,
    ID_LENGTH,
    IdentifierKind,
    Verdict,
    check,
    is_fixed_line,
    luhn_holds,
    without_country_code,
)
from backend.language.placeholders import BRACKETED, replace_placeholders
from backend.language.serial_numbers import is_number
from backend.language.short_numbers import find_short

NUMBER_MARK = "（号码）"
"""Stands for an identifier where nobody needs to find it again."""
SHORTEST, LONGEST = 11, 23
"""Shorter runs of digits are dates, sums and years; longer joined ones are several numbers."""
_BIRTH_INSIDE = re.compile(r"[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_OLD_ID = re.compile(r"[1-9]\d{5}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}")
_DATE_OR_TIME = re.compile(
    r"(?:19|20)\d{2}\s?(?P<d>[-./—–~])\s?(?:0?[1-9]|1[0-2])(?!\d)|(?:[01]?\d|2[0-4])[:：][0-5]\d(?!\d|[:：]\d)"
)
_LONGEST_TELEPHONE = 15
"""Figures with the country's code (ITU-T E.164)."""
_AREA_CODES = (3, 4)
"""Figures, the 0 in front included."""
_DASH = "一"
"""What is typed for a stroke between groups: 「139一8811一2233」."""
SHORTEST_ANSWER = 5
"""Figures: where a number is asked for, this much of one is as secret as the whole."""
_BRACKETS = (("(（", ")）"), ("[［【", "]］】"))
_NO_CODE = re.compile(r"[\W_]+")
_CODE = re.compile(r"[A-Z]{0,3}\d+[A-Z]?")
_CODE_AMONG_WORDS = re.compile(
    r"(?<![A-Za-z0-9])[A-Za-z]{0,3}\d(?:[ \-]?\d){5,}(?:[ \-]?[A-Za-z])?(?![A-Za-z0-9])", re.ASCII
)
_LOOKS = str.maketrans({sign: str(value) for sign, value in identifier_forms().look_alikes.items()})
_HOLDS, _SHAPED, _NEARLY, _OF_NO_KIND = 1, 3, 4, 10
_X_LEFT = 20
"""An X belongs to the number in front of it, whatever else that could be."""


@dataclass(frozen=True, slots=True)
class Found:
    """An identifier at ``start:end`` of the text."""

    start: int
    end: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Cut:
    """The cheapest way to cut a run up to some group."""

    cost: int
    clear: int
    """Digits left in clear; of two ways that cost the same the one that leaves fewer."""
    found: tuple[Found, ...]


def find_identifiers(text: str) -> list[Found]:
    """Identifiers in order of appearance, none overlapping. Numbers of our own (cases, notices) are none."""
    written = [(found.start(), found.end()) for found in BRACKETED.finditer(text)]
    found = [one for run in digit_runs(text) for one in _cut(text, run)]
    short = (Found(*one) for one in find_short(text))
    for other in (*_documents(text), *short):
        if all(one.end <= other.start or other.end <= one.start for one in found):
            found.append(other)
    apart = (one for one in found if not any(start < one.end and one.start < end for start, end in written))
    return sorted(apart, key=lambda one: one.start)


def number_answer(text: str, shortest: int = SHORTEST_ANSWER) -> Verdict | None:
    """What a message is as the answer to a question for a number, when it holds no identifier: a number, right or not.

    Nearly only figures, and a letter or two of a passport; None for anything with words in it. ``shortest``: figures,
    fewer where only a few are still lacking.
    """
    said = unicodedata.normalize("NFKC", to_arabic(text)).strip()
    code = _NO_CODE.sub("", said.translate(_LOOKS))
    code = (code if code.isdigit() else _NO_CODE.sub("", said)).upper()
    figures = sum(sign.isdigit() for sign in code)
    is_code = _CODE.fullmatch(code) is not None and figures >= shortest and not is_number(code)
    return check("number", code) if is_code else None


def awaited_number(text: str, shortest: int = SHORTEST_ANSWER) -> Found | None:
    """The number that a message tells where one is asked for and none of a known kind stands in it.

    The whole message, or the figures beside words (「台胞证 12345678」), with the letters that touch them.
    """
    whole = number_answer(text, shortest)
    if whole is not None:
        return Found(0, len(text), whole)
    codes = [
        found
        for found in _CODE_AMONG_WORDS.finditer(text)
        if not is_number(_NO_CODE.sub("", found[0])) and not _DATE_OR_TIME.match(text, found.start())
    ]
    if not codes:
        return None
    longest = max(codes, key=lambda found: len(found[0]))
    return Found(*longest.span(), check("number", _NO_CODE.sub("", unicodedata.normalize("NFKC", longest[0])).upper()))


def replace_identifiers(text: str, by: Callable[[Verdict], str]) -> str:
    """The text with other words for every identifier that is written out in it."""
    for found in reversed(find_identifiers(text)):
        text = text[: found.start] + by(found.verdict) + text[found.end :]
    return text


def hide_identifiers(text: str) -> str:
    """The text with the same mark for every identifier, written out or as a placeholder: nothing leads back to it."""
    return replace_placeholders(replace_identifiers(text, lambda _verdict: NUMBER_MARK), NUMBER_MARK)


def _cut(text: str, run: list[Group]) -> tuple[Found, ...]:
    if sum(len(group.digits) for group in run) < SHORTEST:
        return ()
    best = [_Cut(0, 0, ())]
    for end in range(1, len(run) + 1):
        last = run[end - 1]
        left = _X_LEFT if last.is_x else len(last.digits)
        ways = [_Cut(best[-1].cost + left, best[-1].clear + left, best[-1].found)]
        for start, cost, verdict in _segments(text, run[:end]):
            found = () if verdict is None else (Found(*_whole(text, run[start].start, last.end), verdict),)
            ways.append(_Cut(best[start].cost + cost, best[start].clear, best[start].found + found))
        best.append(min(ways, key=lambda way: (way.cost, way.clear)))
    return best[-1].found


def _segments(text: str, groups: list[Group]) -> Iterator[tuple[int, int, Verdict | None]]:
    """Numbers that the last groups can be together: where they begin, what that costs, what it is (None: our own)."""
    digits = ""
    for start in range(len(groups) - 1, -1, -1):
        digits = groups[start].digits + digits
        if len(digits) > LONGEST and start < len(groups) - 1:
            return
        if len(digits) < SHORTEST or "X" in digits[:-1] or (digits[-1] == "X" and len(digits) != ID_LENGTH):
            continue
        if _DATE_OR_TIME.match(text, groups[start].start):
            continue
        judged = _judge(digits, groups[start:], text)
        if judged is not None:
            yield start, *judged


def _judge(digits: str, groups: list[Group], text: str) -> tuple[int, Verdict | None] | None:
    if is_number(digits):
        return _HOLDS, None
    if _is_foreign(text, groups[0].start, digits):
        return _SHAPED, check("phone", f"+{digits}")
    digits = without_country_code(digits)
    dashed = "".join(group.digits for group in groups if text[group.start : group.end] != _DASH)
    verdict = check(_kind(digits), digits)
    if not verdict.valid and dashed != digits and check(_kind(dashed), dashed).valid:
        return _HOLDS, check(_kind(dashed), dashed)
    if is_fixed_line(digits) and _begins_with_area_code(groups):
        return _NEARLY, verdict
    if verdict.valid:
        convincing = verdict.kind != "bank" or len(groups) == 1 or digits[0] in identifier_forms().card_beginnings
        return (_HOLDS, verdict) if convincing else None
    if any(group.in_word for group in groups):
        return None
    if len(digits) == ID_LENGTH and _BIRTH_INSIDE.match(digits):
        return _SHAPED, verdict
    if len(digits) in CARD_LENGTHS and digits.startswith(identifier_forms().card_beginning):
        return _SHAPED, verdict
    if (len(digits) in CARD_LENGTHS and _BIRTH_INSIDE.match(digits)) or _OLD_ID.fullmatch(digits):
        return _NEARLY, verdict
    return (_OF_NO_KIND, verdict) if _is_one_number(groups) else None


def _begins_with_area_code(groups: list[Group]) -> bool:
    """Whether a fixed line's number is written as one: in one piece, or its area code by itself; no end of a date."""
    code = groups[0].digits
    return not any(group.in_word for group in groups) and (len(groups) == 1 or len(code) in _AREA_CODES)


def _is_foreign(text: str, start: int, digits: str) -> bool:
    """Whether a plus stands in front of it and another country's code than ours begins it."""
    before = text[:start].rstrip("(（ ")
    return before.endswith(("+", "＋")) and not digits.startswith("86") and len(digits) <= _LONGEST_TELEPHONE


def _is_one_number(groups: list[Group]) -> bool:
    """Whether digits of no known kind are meant as one number: grouped alike, by blanks or strokes."""
    separators = {group.before for group in groups[1:] if not group.is_x}
    grouped = all(len(group.digits) > 2 for group in groups[:-1] if not group.is_x)
    singly = all(len(group.digits) == 1 for group in groups)
    return (
        len(groups) == 1 or singly or (all(group.tight for group in groups[1:]) and (len(separators) == 1 or grouped))
    )


def _kind(digits: str) -> IdentifierKind:
    length = len(digits)
    if (length == SHORTEST and digits[0] in "01") or is_fixed_line(digits):
        return "phone"
    if length in (15, ID_LENGTH) or digits.endswith("X"):
        return "bank" if length == ID_LENGTH and digits.isdigit() and _is_bank_rather(digits) else "id"
    if length in CARD_LENGTHS:
        return "id" if _BIRTH_INSIDE.match(digits) and not luhn_holds(digits) else "bank"
    return "number"


def _is_bank_rather(digits: str) -> bool:
    """18 digits can be a card; a citizen number has a date of birth inside."""
    return not _BIRTH_INSIDE.match(digits) and luhn_holds(digits)


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the number begins and ends with the + of a country code, and with the bracket whose other half is inside it."""
    if start and text[start - 1] in "+＋":
        start -= 1
    for opens, closes in _BRACKETS:
        inside = text[start:end]
        if start and text[start - 1] in opens and _count(inside, closes) > _count(inside, opens):
            start -= 1
        elif text[end : end + 1] and text[end] in closes and _count(inside, opens) > _count(inside, closes):
            end += 1
    return start, end


def _count(text: str, signs: str) -> int:
    return sum(text.count(sign) for sign in signs)


def _documents(text: str) -> Iterator[Found]:
    """Numbers of passports and permits: a letter or two in front."""
    for found in _document_forms().finditer(text):
        yield Found(found.start(), found.end(), check("document", found[0]))


@lru_cache(maxsize=1)
def _document_forms() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![A-Za-z0-9])(?:{'|'.join(identifier_forms().documents_in_text)})(?![A-Za-z0-9])", re.IGNORECASE
    )
