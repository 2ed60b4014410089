"""How likely it is that a unit answers a question: a conditional logit over a few measures, with "none of them" as one more outcome.

Each unit has a score, the sum of its measures by weight; that of none is 0. The weights (``data/unit_chances.yaml``) are learnt from questions that people
ask on, by ``python -m tests.benchmarks.unit_chances``; the items in odd places are left out of it and tell how good they are.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import yaml
from pydantic import BaseModel, ConfigDict

from assistant.dialogue.message import asks_something
from assistant.dialogue.units.unit import AnswerUnit

_FILE = Path(__file__).parents[1] / "data" / "unit_chances.yaml"
Numbers = npt.NDArray[np.float64]
UNIT_MEASURES = (
    "meaning", "asked", "has_questions", "words", "words_of_questions", "meaning_and_words", "asks_otherwise", "asks_the_same",
    "of_another", "aside", "stands_out", "first", "behind",
)  # fmt: skip
"""``meaning``: the nearest of its text and questions; ``stands_out``: in deviations from the item's mean; ``behind``: from the first."""
FACETS = (
    "further", "condition", "note", "mistake", "policy", "policy_of_another", "material", "not_asked", "missing", "fee", "limit",
    "places", "counter", "online", "app", "phone", "post", "result", "to_confirm", "field",
)  # fmt: skip
MESSAGE_MEASURES = ("always", "asks", "nearest", "ahead", "units", "questions")
"""The same for all units of an item: they move all of them against none. The length of a question is none of them: in what was written for learning
those that nothing answers are short, in talk many short ones are answered."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit beside a question: likeness of meaning with its text and with the nearest of its questions, share of words.

    ``fits``: whether its questions ask for the same kind of thing; None where it has none or the question names no kind.
    """

    unit: AnswerUnit
    text: float
    asked: float | None
    words: float
    fits: bool | None

    @property
    def meaning(self) -> float:
        """The nearest of its text and its questions."""
        return self.text if self.asked is None else max(self.text, self.asked)


class ChanceWeights(BaseModel):
    """The data file: a weight for each measure."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unit: Mapping[str, float]
    facet: Mapping[str, float]
    message: Mapping[str, float]

    def vector(self) -> Numbers:
        """The weights in the order of ``measures``."""
        return np.array(
            [
                *(self.unit[name] for name in UNIT_MEASURES),
                *(self.facet.get(name, 0.0) for name in FACETS),
                *(self.message[name] for name in MESSAGE_MEASURES),
            ]
        )


@lru_cache(maxsize=1)
def chance_weights() -> ChanceWeights:
    """The weights, checked."""
    return ChanceWeights.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _vector() -> Numbers:
    return chance_weights().vector()


def chances(question: str, compared: Sequence[Compared]) -> list[float]:
    """The chance of each unit to be what answers; what is missing to 1 is that none of them does."""
    if not compared:
        return []
    return [float(one) for one in chances_of(measures(question, compared), _vector())]


def chances_of(rows: Numbers, weights: Numbers) -> Numbers:
    """The chance of each row of measures, none of them being one more outcome with a score of 0."""
    scores = rows @ weights
    top = max(float(scores.max()), 0.0)
    odds: Numbers = np.exp(scores - top)
    found: Numbers = odds / (odds.sum() + np.exp(-top))
    return found


def measures(question: str, compared: Sequence[Compared]) -> Numbers:
    """The measures, a row for each unit."""
    meanings = np.array([one.meaning for one in compared])
    nearest = float(meanings.max())
    spread = (meanings - meanings.mean()) / (meanings.std() + 1e-6)
    rows = [
        [*_of_unit(one, float(stands_out), nearest), *_facet(one.unit)]
        for one, stands_out in zip(compared, spread, strict=True)
    ]
    return np.hstack([np.array(rows), np.tile(_of_message(question, compared, meanings), (len(compared), 1))])


def _of_unit(one: Compared, stands_out: float, nearest: float) -> list[float]:
    has = float(one.asked is not None)
    return [
        one.meaning,
        one.asked or 0.0,
        has,
        one.words,
        one.words * has,
        one.meaning * one.words,
        float(one.fits is False),
        float(one.fits is True),
        float(one.unit.is_of_another),
        float(one.unit.worth < 1 and not one.unit.is_of_another),
        stands_out,
        float(one.meaning >= nearest),
        one.meaning - nearest,
    ]


def _facet(unit: AnswerUnit) -> list[float]:
    facet = "policy_of_another" if unit.facet == "policy" and unit.is_of_another else unit.facet
    return [float(facet == name) for name in FACETS]


def _of_message(question: str, compared: Sequence[Compared], meanings: Numbers) -> Numbers:
    first, *rest = sorted(meanings, reverse=True)
    return np.array(
        [
            1.0,
            float(asks_something(question)),
            first,
            first - rest[0] if rest else 0.0,
            len(compared) / 50,
            sum(one.asked is not None for one in compared) / 8,
        ]
    )
