"""A message in clauses: whose each is, whether it supposes, hedges, asks, or repeats what others say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.dialogue.facts.words import contexts, holder_pattern, holder_words
from backend.contracts.facts import ME, holder_list
from backend.language.alternatives import any_of

_BREAKS = re.compile(r"[，,。；;！!？?、\n]|\s{2,}|(?<=\D)\s(?=\D)")
_ASKS = re.compile(r"[吗嘛呢没不么]$|吗|什么|怎么|咋|多少|好多|多久|好久|几|哪|能不能|是不是|可以不|行不|得不|够不")
_HELPER = re.compile(r"(?:来|去|能不能|可以|想|要|得不得)?(?:帮|替|代|给)我")
_BORN = re.compile(r"(?:生|怀)(?:了|过|完|的|上)?(?:个|一个|俩|两个)?$")
"""「我生了孩子」 is about the one who gave birth."""
_DEED = re.compile(r"就(?=不要|把我|让我|叫我|喊我|辞|开除|裁|赶)")
"""「他们说我不行就不要我了」: what is claimed ends where it tells what they did."""
_I = re.compile(
    r"(?<![帮替给代喊叫让把])我(?=自己|本人|是|今年|\d|[一二三四五六七八九十]|在|也|呢|的|有|以前|现在|从|都|就|已经|才|交|缴|干|[男女])"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a message between marks, at ``start`` of it; ``asked`` with the mark that ends the sentence seen."""

    text: str
    start: int
    holder: str
    holder_at: int
    """Where the holder is named in the clause; -1 where an earlier clause or the frame names it."""
    hypothetical: bool
    hedged: bool
    asked: bool
    claim: bool


def clauses(text: str, holder: str = ME) -> list[Clause]:
    """The clauses in order. ``holder``: whose facts are told where nobody is named."""
    found: list[Clause] = []
    supposed, spoken_of, start = False, holder, 0
    for mark in [*_BREAKS.finditer(text), None]:
        end = len(text) if mark is None else mark.start()
        part = text[start:end]
        closing = "" if mark is None else mark.group()
        if part.strip():
            said_of, place = _holder(part, spoken_of)
            spoken_of = said_of
            supposed = supposed or _hypothetical().search(part) is not None
            found.append(
                Clause(part, start, said_of, place, supposed, _hedges().search(part) is not None,
                       asked=closing in {"?", "？"} or _ASKS.search(part) is not None,
                       claim=_claims().search(part) is not None and _DEED.search(part) is None)
            )  # fmt: skip
        if closing and closing in "。！!？?；;\n":
            supposed = False
        start = len(text) if mark is None else mark.end()
    return found


def last_named(text: str) -> str | None:
    """Whom a message names last, the speaker included; None where it names nobody."""
    return next((part.holder for part in reversed(clauses(text)) if part.holder_at >= 0), None)


def holder_of(word: str) -> str:
    """The holder that a word names. Raises KeyError for a word that names none."""
    return next(holder for holder, words in holder_words().items() if word in words)


def sex_of(holder: str) -> str | None:
    """What follows from who it is."""
    return holder_list()[holder].sex


def _holder(part: str, before: str) -> tuple[str, int]:
    """Who the clause is about: the last one named in it, a helper left out."""
    named = [
        (found.start(), holder_of(found.group()))
        for found in holder_pattern().finditer(part)
        if not _HELPER.match(part, found.end()) and not _BORN.search(part, 0, found.start())
    ]
    own = _I.search(part)
    if own is not None and not any(place == own.start() for place, _ in named):
        named.append((own.start(), ME))
    if named:
        place, who = max(named)
        return who, place
    return before, -1


@lru_cache(maxsize=1)
def _hypothetical() -> re.Pattern[str]:
    return re.compile(any_of(contexts().hypothetical))


@lru_cache(maxsize=1)
def _hedges() -> re.Pattern[str]:
    return re.compile(any_of(contexts().hedges))


@lru_cache(maxsize=1)
def _claims() -> re.Pattern[str]:
    return re.compile(any_of(contexts().claims))
