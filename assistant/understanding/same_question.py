"""Whether somebody asks a question that we already know, in nearly the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from assistant.understanding.normaliser import normalise
from backend.language.numerals import NUMERAL_CHARACTERS

NEARLY = 0.87
"""Share of characters in common from which two questions are the same;"""
MAX_MISSING = 1
ALMOST = 0.99
"""To the letter goes before in other words."""
SHORTEST = 7
"""shorter ones must be equal to the letter."""
_FOLDS = (
    (re.compile(r"公司|老板|厂里|厂子|用人单位|企业|雇主"), "单位"),
    (re.compile(r"咋个|咋样|咋|怎样|如何"), "怎么"),
    (re.compile(r"是不是|可不可以|可以|能够|能不能|得不得"), "能"),
    (re.compile(r"缴纳|缴|买(?=社保|保险|五险)|上(?=社保|保险|五险)"), "交"),
    (re.compile(r"好多"), "多少"),
    (re.compile(r"请问|我想问|想问|一下|一哈|[?。!,、那的了啊呀嘛吗呢给要]"), ""),
)
_TELLING = re.compile(
    rf"[不没未无非]|[0-9{NUMERAL_CHARACTERS}]+|自己|别人|本人|居民|职工|跨省|手机|网上|以后|以前|先|再"
)
"""Words that turn a question into another one, however few they are."""


def same_question(said: str, known: Iterable[str]) -> float:
    """How nearly the sentence is one of the known questions: 1 to the letter, 0 if it is another question.

    Nothing that is said may be missing in the known one (「社保卡丢了怎么办」 is not 「社保卡怎么办」), and of the known one at
    most a character in what is said.
    """
    plain = normalise(said).rstrip("?。!")
    return max((_alike(plain, normalise(text).rstrip("?。!")) for text in known), default=0.0)


def _alike(plain: str, other: str) -> float:
    if plain == other:
        return 1.0
    if min(len(plain), len(other)) < SHORTEST:
        return 0.0
    folded, against = _folded(plain), _folded(other)
    matcher = SequenceMatcher(None, folded, against, autojunk=False)
    shared = sum(block.size for block in matcher.get_matching_blocks())
    near = shared == len(folded) and len(against) - shared <= MAX_MISSING and matcher.ratio() >= NEARLY
    return matcher.ratio() * ALMOST if near and _telling(folded) == _telling(against) else 0.0


def _telling(text: str) -> list[str]:
    return sorted(_TELLING.findall(text))


def _folded(text: str) -> str:
    for pattern, by in _FOLDS:
        text = pattern.sub(by, text)
    return text
