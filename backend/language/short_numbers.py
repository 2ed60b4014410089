"""Numbers of people that are too short to be known by their shape alone: a local telephone, a mobile that lacks a figure, a QQ number.

They are known by the word beside them (「家里座机5123457」「QQ12345678」), or because the whole message is one (``is_bare``). Why
these are taken for private, and sums, days, hotlines and numbers of cases are not: docs/private_numbers.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from backend.language.digit_runs import Group, digit_runs
from backend.language.identifier_forms import identifier_forms
from backend.language.identifiers import Verdict, check
from backend.language.placeholders import PLACEHOLDER

_LOCAL = re.compile(r"[2-8]\d{6,7}")
"""A number of a fixed line without its area code: 7 or 8 figures, the first 2 to 8 (《电信网编号计划（2017年版）》)."""
_MOBILE_CUT = re.compile(r"1[3-9]\d{7,8}")
"""A mobile number that lacks a figure or two."""
_OF_A_CHAT = re.compile(r"[1-9]\d{4,11}")
_DAY = re.compile(r"20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_HOTLINE = re.compile(r"[48]00\d{7}")
_MOST_GROUPS = 4
NEXT_PART = 3
"""Figures: after a part that was told, this much alone is another."""
SHORTEST_PART = 2
"""Figures of a part of a number that are hidden like the whole: several parts make it."""
_LINK = re.compile(r"[，,、和或跟及与/;；\s]{1,3}(?:还有)?")
"""Between one such number and the next of the same list."""


def find_short(text: str) -> Iterator[tuple[int, int, Verdict]]:
    """Where one stands beside a word that says what it is, and what it is, in order."""
    before = part_end = -1
    for groups in _pieces(text):
        start, end = groups[0].start, groups[-1].end
        figures = "".join(group.digits for group in groups)
        follows = 0 <= before <= start and _LINK.fullmatch(text[before:start]) is not None
        in_word = any(group.in_word for group in groups)
        verdict = _verdict(figures, text[:start], text[end:], in_word=in_word, follows=follows)
        goes_on = part_end >= 0 and identifier_forms().next_part.fullmatch(text[part_end:start]) is not None
        goes_on = goes_on and _counts().match(text[end:]) is None
        if len(figures) >= SHORTEST_PART and (goes_on or tells_part(text[:start], text[end:])):
            verdict, part_end = verdict or check("number", figures), end
        if verdict is not None:
            yield start, end, verdict
            before = end


def tells_part(before: str, after: str = "") -> bool:
    """Whether figures between these words are told as a part of a number: 「前七位是1390000」「尾号6127」「0018是最后四位」."""
    return _counts().match(after) is None and (
        _part_before().search(before) is not None or _part_after().match(after) is not None
    )


def ends_in_part(kept: str) -> bool:
    """Whether a kept message tells a part of a number, hidden in it: the next one may tell the rest."""
    return any(tells_part(kept[: found.start()], kept[found.end() :]) for found in PLACEHOLDER.finditer(kept))


def bare_telephone(text: str) -> Verdict | None:
    """The telephone that a whole message is, figures and signs only; None for a sum with its unit, a day, anything in words."""
    pieces = list(_pieces(text))
    if len(pieces) != 1 or any(sign.isalpha() for sign in text[: pieces[0][0].start] + text[pieces[0][-1].end :]):
        return None
    groups = [group.digits for group in pieces[0]]
    figures = "".join(groups)
    sums = len(groups) > 1 and all(group.endswith("00") for group in groups)  # 「3500 4000」
    return check("phone", figures) if _is_telephone(figures) and not sums else None


def is_local_telephone(figures: str) -> bool:
    """Whether it is a fixed line's number without an area code."""
    return _LOCAL.fullmatch(figures) is not None and not _DAY.fullmatch(figures)


def _is_telephone(figures: str) -> bool:
    return is_local_telephone(figures) or _MOBILE_CUT.fullmatch(figures) is not None


def _verdict(figures: str, before: str, after: str, *, in_word: bool, follows: bool) -> Verdict | None:
    if _counts().match(after):
        return None
    if _OF_A_CHAT.fullmatch(figures) and _of_chat().search(before):
        return check("number", figures)
    if in_word:
        return None
    said_before, said_after = _of_telephone().search(before), _is_of_somebody().match(after)
    if (said_before or said_after or follows) and _is_telephone(figures) and not _HOTLINE.fullmatch(figures):
        return check("phone", figures)
    return None


def _pieces(text: str) -> Iterator[list[Group]]:
    """Groups of digits with nothing but blanks and strokes between them."""
    for run in digit_runs(text):
        piece: list[Group] = []
        for group in run:
            if piece and not group.tight:
                yield piece
                piece = []
            piece.append(group)
        if piece and len(piece) <= _MOST_GROUPS and not any(group.is_x for group in piece):
            yield piece


@lru_cache(maxsize=1)
def _of_telephone() -> re.Pattern[str]:
    forms = identifier_forms()
    return re.compile(rf"(?:{'|'.join(forms.telephone_words)})(?:{'|'.join(forms.between_word_and_number)})*$", re.I)


@lru_cache(maxsize=1)
def _of_chat() -> re.Pattern[str]:
    forms = identifier_forms()
    return re.compile(rf"(?:{'|'.join(forms.chat_words)})(?:{'|'.join(forms.between_word_and_number)})*$", re.I)


@lru_cache(maxsize=1)
def _is_of_somebody() -> re.Pattern[str]:
    words = "|".join(identifier_forms().telephone_words)
    return re.compile(rf"[，,\s]*(?:这个|就?是|才是)*(?:我|他|她|家|家里|本人|单位|老[公婆]|的|们)*(?:{words})", re.I)


@lru_cache(maxsize=1)
def _counts() -> re.Pattern[str]:
    return re.compile(rf"\s*(?:{'|'.join(identifier_forms().counted)})")


@lru_cache(maxsize=1)
def _part_before() -> re.Pattern[str]:
    forms = identifier_forms()
    return re.compile(rf"(?:{'|'.join(forms.part_words)})(?:{'|'.join(forms.between_part_and_number)})*$")


@lru_cache(maxsize=1)
def _part_after() -> re.Pattern[str]:
    return re.compile(
        rf"[，,\s]*(?:这|就|才)?(?:是|为)?(?:我的?|他的?|她的?|号码的?|手机的?|身份证的?)*(?:{'|'.join(identifier_forms().part_words)})"
    )
