"""What somebody earns in a month, of all sums that a message names: before or after deductions, the parts added where that is said.

Two sums that may be one or the other are not told from each other here: then nothing is told, and a calculator asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Literal

from assistant.dialogue.facts.clauses import Clause
from assistant.dialogue.facts.periods import yuan
from assistant.dialogue.facts.told import Told
from assistant.dialogue.facts.words import MoneyWords, contexts
from backend.contracts.facts import Certainty
from backend.language.alternatives import any_of, any_pattern
from backend.language.numerals import NUMERAL_CHARACTERS

_SUM = re.compile(
    rf"(?P<numeral>\d+(?:\.\d+)?[千万kK]?|[{NUMERAL_CHARACTERS}]{{2,}})(?:[块元]?(?:[-~～—–]|到|至|或者?)(?P<upper>\d+(?:\.\d+)?[千万kK]?|[{NUMERAL_CHARACTERS}]{{2,}}))?(?P<more>多|来)?(?P<unit>块|元|左右|上下|大洋)?(?![\d年月个天日号岁级次%％])"
)
_EITHER = re.compile(r"(?P<low>[一二两三四五六七八])(?P<high>[二三四五六七八九])(?P<unit>[百千万])")
_LEAST_WAGE, _LEAST_PART, _NEAR = 300, 50, 14
_AFTER = 3
"""A word after the sum counts as so much farther away: 「工资3000，奖金2000」."""
_Kind = Literal["wage", "gross", "net", "base", "part", "total"]


@dataclass(frozen=True, slots=True)
class _Sum:
    """A sum and what it is said to be. ``adds``: it is added to the ones before; ``whole``: or it may be all of them together."""

    kind: _Kind
    least: Decimal
    most: Decimal
    hedged: bool
    adds: bool
    whole: bool
    now: bool
    clause: Clause
    start: int
    end: int


def wages(parts: Sequence[Clause]) -> Iterator[Told]:
    """The wage before deductions and what is paid out, for each person whose sums are named."""
    told = [clause for clause in parts if not clause.claim]
    for holder, clauses in groupby(told, key=lambda clause: clause.holder):
        own = list(clauses)
        found: list[_Sum] = []
        for clause in own:
            found += _sums(clause, goes_on=bool(found))
        if found:
            yield from _told(holder, found, open_part=any(_names_open_part(clause) for clause in own))


def _told(holder: str, found: list[_Sum], *, open_part: bool) -> Iterator[Told]:
    net = [one for one in found if one.kind == "net"]
    if net and _agree(net):
        yield _as_told("wage_net", holder, [net[-1]])
    whole = [one for one in found if one.kind in {"gross", "total"}]
    if whole:
        if _agree(whole):
            yield _as_told("wage", holder, [whole[-1]])
        return
    parts = [one for one in found if one.kind != "net"]
    wage = _added(parts)
    if wage and not open_part:
        yield _as_told("wage", holder, wage)


def _added(parts: list[_Sum]) -> list[_Sum]:
    """The sums that make the wage together; none where it is open which do."""
    standing = [one for one in parts if one.now] or parts
    first = [one for one in standing if one.kind in {"wage", "base"} and not one.adds]
    more = [one for one in standing if one.kind == "part" or one.adds]
    if not first or not _agree(first):
        return []
    if any(one.whole and one.most > first[-1].least for one in more):
        return []
    if first[-1].kind == "base" and not more:
        return []  # what comes on top was not told
    return [first[-1], *more]


def _agree(sums: list[_Sum]) -> bool:
    return len({(one.least, one.most) for one in sums}) == 1


def _as_told(fact: str, holder: str, sums: list[_Sum]) -> Told:
    least, most = (
        sum((bound for bound in bounds), Decimal()) for bounds in zip(*((s.least, s.most) for s in sums), strict=True)
    )
    hedged = any(one.hedged for one in sums)
    return Told(fact, f"{least.normalize():f}", f"{most.normalize():f}", holder,
                Certainty.HEDGED if hedged else Certainty.STATED, min(one.start for one in sums),
                max(one.end for one in sums), hypothetical=any(one.clause.hypothetical for one in sums))  # fmt: skip


def _sums(clause: Clause, *, goes_on: bool) -> Iterator[_Sum]:
    """The sums of a clause that a word says what they are. ``goes_on``: a wage was named before, 「现在涨到4000」 is one too."""
    text, before = clause.text, 0
    for found in _SUM.finditer(text):
        kind = _kind(text, found.start(), found.end(), before, goes_on=goes_on)
        lead = text[before : found.start()]
        now = _of(contexts().now).search(lead) is not None
        if kind is None and goes_on and now and not _of(contexts().not_money).search(text):
            kind = "wage"
        before = found.end()
        bounds = None if kind is None else _bounds(found)
        least = _LEAST_PART if kind == "part" else _LEAST_WAGE
        if kind is None or bounds is None or bounds[0] < least or _of(contexts().denied).search(lead):
            continue
        adding = max((match.end() for match in _of(contexts().adds).finditer(lead)), default=None)
        yield _Sum(
            kind,
            *bounds,
            hedged=bool(found["more"] or found["upper"] or _EITHER.fullmatch(found["numeral"]))
            or clause.hedged
            or found["unit"] in {"左右", "上下"},
            adds=adding is not None,
            whole=adding is not None
            and _of(contexts().sums_up).search(lead[adding:] + (found["unit"] or "")) is not None,
            now=now,
            clause=clause,
            start=clause.start + found.start(),
            end=clause.start + found.end(),
        )


def _bounds(found: re.Match[str]) -> tuple[Decimal, Decimal] | None:
    """The least and the most of a sum: 「三千多」, 「3000-4000」, 「3到4千」."""
    numeral, upper = found["numeral"].lower().replace("k", "千"), (found["upper"] or "").lower().replace("k", "千")
    either = _EITHER.fullmatch(numeral)
    if either is not None:
        low, high = yuan(either["low"] + either["unit"], ""), yuan(either["high"] + either["unit"], "多")
        return None if low is None or high is None else (low[0], high[1])
    if not upper:
        return yuan(numeral, found["more"] or "")
    if upper[-1] in "千万" and numeral[-1] not in "千万":
        numeral += upper[-1]
    low, high = yuan(numeral, ""), yuan(upper, found["more"] or "")
    return None if low is None or high is None or low[0] >= high[1] else (low[0], high[1])


def _kind(text: str, start: int, end: int, since: int, *, goes_on: bool) -> _Kind | None:
    """What the nearest word says; in a clause about other money only a word that can be of nothing but a wage."""
    words = contexts()
    of_wages = goes_on or _names_wage(text)
    other = any(word in text for word in words.not_money if not (of_wages and word in words.money.part))
    if not other and _of(words.money.total).search(text, since, start):
        return "total"
    best: tuple[int, int, _Kind] | None = None
    for order, kind in enumerate(_KINDS):
        if other and kind in {"wage", "total"} | (set() if of_wages else {"part"}):
            continue
        for word in _of(getattr(words.money, kind)).finditer(text):
            if word.start() < since or (word.start() < end and start < word.end()):
                continue
            distance = start - word.end() if word.end() <= start else word.start() - end + _AFTER
            if distance <= _NEAR and (best is None or (distance, order) < best[:2]):
                best = (distance, order, kind)
    return None if best is None else best[2]


def _names_wage(text: str) -> bool:
    money = contexts().money
    return _of((*money.gross, *money.net, *money.base, "工资", "月薪")).search(text) is not None


def _names_open_part(clause: Clause) -> bool:
    """Whether a part is added whose sum is not told: 「底薪3000加提成」."""
    text, words = clause.text, contexts()
    joined = re.search(f"(?:{any_of(words.adds)})(?:{any_of(words.money.part)})", text)
    return (
        joined is not None and _SUM.search(text, joined.end()) is None and _of(words.money.total).search(text) is None
    )


_KINDS: tuple[_Kind, ...] = ("gross", "net", "base", "part", "total", "wage")
if set(_KINDS) != set(MoneyWords.model_fields):
    raise RuntimeError("every kind of sum has its words")


@lru_cache(maxsize=32)
def _of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(any_pattern(words))
