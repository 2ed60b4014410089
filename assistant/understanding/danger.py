"""Rasa component: danger is heard whatever else a sentence is taken for, by a list of words and by what was learnt.

A classifier may be unsure of a sentence it has never seen; nobody who speaks of dying may be sent to a form because of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.understanding.danger_examples import DISTRESS, danger_examples
from assistant.understanding.danger_kinds import DangerKind, Whose
from assistant.understanding.danger_model import DangerModel
from assistant.understanding.normaliser import normalise
from assistant.understanding.seed import training_seed
from assistant.understanding.trained import TrainedComponent

DANGER = "danger"
"""Key of what is heard of danger in Rasa's parse."""
SHORTEST = 3
"""Fewer characters say too little for what is learnt; the list still hears them."""
PAST = 0.5
"""Where somebody asks about what has happened, what is learnt counts so much, and only beyond doubt."""
MOST = 2.0
"""The signs of one sentence count at most so much."""
_FILE = Path(__file__).parents[2] / "nlu_data" / "danger.yml"
_HAN = re.compile(r"[\u3400-\u9fff]")
_CLAUSES = re.compile(r"[，,。！!？?；;\s]+")


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    always: tuple[str, ...]
    likely: tuple[str, ...]


class DangerWords(BaseModel):
    """Kinds of danger with their patterns, the thresholds of what is learnt, and what shows that nobody is in danger now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    hard: float
    soft: float
    kinds: dict[DangerKind, _Patterns]
    unless: tuple[str, ...]
    others: str
    eased: tuple[str, ...]


class HeardDanger(BaseModel):
    """What one sentence says of danger. ``sign``: 1 and more is danger by itself, 0 the bound of what deserves a word."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    sign: float = -1.0
    kind: DangerKind = DangerKind.SIGN
    whose: Whose = Whose.SELF

    @property
    def alone(self) -> bool:
        """Whether the sentence is danger without those before it."""
        return self.sign >= 1


@lru_cache(maxsize=1)
def danger_words() -> DangerWords:
    """The list."""
    return DangerWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def danger_in(text: str) -> DangerKind | None:
    """Kind of the danger that the list finds, None if there is none."""
    found = _listed(text)
    return None if found is None else found[0]


def is_eased(text: str) -> bool:
    """Whether somebody says that it is over, or that help has come."""
    return any(re.search(pattern, normalise(text)) for pattern in danger_words().eased)


def heard_danger(text: str, model: DangerModel | None) -> HeardDanger:
    """What is heard of danger: the list, or what was learnt."""
    words, found = danger_words(), _listed(text)
    sounds = None if model is None or len(_HAN.findall(text)) < SHORTEST else model.hear(text)
    sign = -1.0 if sounds is None else (sounds.margin - words.soft) / (words.hard - words.soft)
    if sign > 0 and _past(normalise(text)):
        sign = sign * PAST if sign > MOST else -1.0
    if found is not None:
        return HeardDanger(sign=max(1.0, min(sign, MOST)), kind=found[0], whose=found[1])
    if sounds is None:
        return HeardDanger()
    return HeardDanger(sign=min(sign, MOST), kind=sounds.kind, whose=sounds.whose)


def read_heard(parse: Mapping[str, Any]) -> HeardDanger:
    """What Rasa's parse holds of danger."""
    return HeardDanger.model_validate(parse.get(DANGER) or {})


def _past(said: str) -> bool:
    return any(word in said for word in danger_words().unless)


def _listed(text: str) -> tuple[DangerKind, Whose] | None:
    words = danger_words()
    said = normalise(text)
    past = _past(said)
    for kind, patterns in words.kinds.items():
        looked_for = patterns.always if past else patterns.always + patterns.likely
        for pattern in looked_for:
            match = re.search(pattern, said)
            if match is not None:
                clause = _CLAUSES.split(said[: match.start()])[-1]
                return kind, Whose.OTHER if re.search(words.others, clause) else Whose.SELF
    return None


def _next_best(ranking: list[dict[str, Any]]) -> dict[str, Any]:
    """「我不想给」 is no cry for help: what the sentence is taken for otherwise."""
    others = [intent for intent in ranking if intent[INTENT_NAME_KEY] != DISTRESS]
    return others[0] if others else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class DangerWatch(TrainedComponent[DangerModel]):
    """Makes the intent ``distress`` where danger is spoken of, and only there; adds ``danger`` to the parse."""

    model_class = DangerModel

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002
        """Learn from the sentences of danger and all harmless ones."""
        return self.keep(DangerModel.fit(list(danger_examples()), seed=training_seed()))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing for other components."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at every message."""
        for message in messages:
            heard = heard_danger(message.get(TEXT) or "", self.model)
            message.set(DANGER, heard.model_dump(mode="json"), add_to_output=True)
            taken_for = message.get(INTENT) or {}
            if heard.alone:
                message.set(INTENT, {INTENT_NAME_KEY: DISTRESS, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
            elif taken_for.get(INTENT_NAME_KEY) == DISTRESS:
                message.set(INTENT, _next_best(message.get(INTENT_RANKING_KEY) or []), add_to_output=True)
        return messages
