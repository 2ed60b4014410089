"""Which choice of a form is meant by somebody's own words: 「老板跑路了」 is 「单位关闭或破产」.

By words that say it (「跑路」), else learnt from the paraphrases in ``data/choice_meanings.yaml``: naive Bayes over the runs of one
to three characters that stand in a message. What is only a little likelier than another is not taken; it is asked again.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from unicodedata import normalize

import yaml
from pydantic import BaseModel, ConfigDict, Field, model_validator

from backend.language.choice_words import read_choice_worded
from backend.language.choices import read_choice
from backend.language.field_remarks import read_field_remark
from backend.language.script import simplified

_FILE = Path(__file__).parent / "data" / "choice_meanings.yaml"
_SIGNS = re.compile(r"[\W\d_]+")
_SIGNS_AT_ENDS = re.compile(r"^\W+|\W+$")
_RUNS = (1, 2, 3)
_PAIR = 2
_WEIGHTS = {1: 0.6, 2: 1.0, 3: 1.0}
"""A single character says less than a word."""
_RARE = 0.02
"""Share of the paraphrases of a meaning that may have a run which none of them has."""
_DENIED = re.compile(r"(?:不是|没有?|并非|又没|并没)[^，。,]{0,2}$")
SURE = 0.6
"""Probability from which on a choice is taken."""
FAMILIAR = 0.5
"""Share of a message's pairs of characters that the paraphrases of a choice must have: the rest tells of something else."""
LONGEST = 40
"""Characters: a longer message tells a story; several choices may stand in it."""
_ASKS = re.compile(r"[?？]|吗\W*$|怎么|为什么|什么意思")


class ChoiceMeanings(BaseModel):
    """The data file: paraphrases and words of each meaning; of each field, which meanings each label of it has."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    meanings: dict[str, tuple[str, ...]] = Field(min_length=1)
    words: dict[str, tuple[re.Pattern[str], ...]]
    """Of a meaning that has paraphrases, or has none and is told by these alone."""
    no_reason: tuple[re.Pattern[str], ...]
    fields: tuple[dict[str, tuple[str, ...]], ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _names_meanings(self) -> ChoiceMeanings:
        used = [meaning for field in self.fields for meanings in field.values() for meaning in meanings]
        if unknown := set(used) - {*self.meanings, *self.words}:
            raise ValueError(f"choice_meanings.yaml: {sorted(unknown)} stand not among the meanings")
        return self


@dataclass(frozen=True, slots=True)
class _Counts:
    """How many paraphrases of a meaning have each run of characters."""

    runs: Counter[str]
    examples: int

    def log_of(self, run: str) -> float:
        """Logarithm of the share of paraphrases that have the run; one that none has is only rare."""
        return _WEIGHTS[len(run)] * math.log((self.runs[run] / self.examples + _RARE) / (1 + 2 * _RARE))


def read_choice_meant(text: str, labels: Sequence[str]) -> int | None:
    """The index of the choice meant: by its words or its place, or by what people say for it; None where that is not clear."""
    said = read_choice(text, labels)
    if said is not None or len(text) > LONGEST or _ASKS.search(text):
        return said
    plain = simplified(normalize("NFKC", text))
    field = next((one for one in choice_meanings().fields if set(one) == set(labels)), None)
    if field is None:
        return read_choice_worded(plain, labels)
    label_of = {meaning: label for label, meanings in field.items() for meaning in meanings}
    said_of_work = any(pattern.fullmatch(_SIGNS_AT_ENDS.sub("", plain)) for pattern in choice_meanings().no_reason)
    if said_of_work or _denies(plain, label_of) or read_field_remark(text) is not None:
        return None
    worded = next(
        (meaning for meaning, words in choice_meanings().words.items() if meaning in label_of and _says(plain, words)),
        None,
    )
    if worded is not None:
        return labels.index(label_of[worded])
    likely: dict[str, float] = {}
    for meaning, probability in _probabilities(plain, tuple(label_of)).items():
        likely[label_of[meaning]] = likely.get(label_of[meaning], 0.0) + probability
    best = max(likely, key=lambda label: likely[label], default=None)
    if best is None or likely[best] < SURE or _familiar(plain, field[best]) < FAMILIAR:
        return None
    return labels.index(best)


def _familiar(text: str, meanings: Iterable[str]) -> float:
    """The share of the text's pairs of characters that stand in paraphrases of the meanings."""
    pairs = {run for run in _runs(text) if len(run) == _PAIR}
    known = {run for meaning in meanings if meaning in _learnt() for run in _learnt()[meaning].runs}
    return len(pairs & known) / max(len(pairs), 1)


def _denies(text: str, meanings: Iterable[str]) -> bool:
    """Whether all that is said is that it was not so: 「不是辞退」."""
    words = [word for meaning in meanings for word in choice_meanings().words.get(meaning, ())]
    return any(word.search(text) for word in words) and not _says(text, words)


def _says(text: str, words: Sequence[re.Pattern[str]]) -> bool:
    """Whether one of the words stands in the text and is not denied: 「不是辞退」."""
    return any(not _DENIED.search(text[: found.start()]) for word in words if (found := word.search(text)) is not None)


def _probabilities(text: str, meanings: Sequence[str]) -> dict[str, float]:
    """Of each meaning; nothing where no word of the message was ever seen."""
    known = {meaning: _learnt()[meaning] for meaning in meanings if meaning in _learnt()}
    runs = _runs(text) & set().union(*(counts.runs for counts in known.values()))
    if not any(len(run) > 1 for run in runs):
        return {}
    logs = {meaning: sum(counts.log_of(run) for run in runs) for meaning, counts in known.items()}
    most = max(logs.values())
    shares = {meaning: math.exp(value - most) for meaning, value in logs.items()}
    return {meaning: share / sum(shares.values()) for meaning, share in shares.items()}


def _runs(text: str) -> set[str]:
    plain = _SIGNS.sub("", text)
    return {plain[at : at + length] for length in _RUNS for at in range(len(plain) - length + 1)}


@lru_cache(maxsize=1)
def choice_meanings() -> ChoiceMeanings:
    """The paraphrases and the fields they are for, checked."""
    return ChoiceMeanings.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


@lru_cache(maxsize=1)
def _learnt() -> dict[str, _Counts]:
    return {
        meaning: _Counts(Counter(run for one in said for run in _runs(one)), len(said))
        for meaning, said in choice_meanings().meanings.items()
    }
