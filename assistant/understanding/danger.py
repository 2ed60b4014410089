"""Rasa component: danger is heard whatever else a sentence is taken for, by a list of words and by what was learnt.

A classifier may be unsure of a sentence it has never seen; nobody who speaks of dying may be sent to a form because of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.understanding.danger_examples import DISTRESS, danger_examples
from assistant.understanding.danger_kinds import HeardDanger
from assistant.understanding.danger_model import DangerModel
from assistant.understanding.danger_words import heard_danger
from assistant.understanding.seed import training_seed
from assistant.understanding.trained import TrainedComponent

DANGER = "danger"
"""Key of what is heard of danger in Rasa's parse."""


def read_heard(parse: Mapping[str, Any]) -> HeardDanger:
    """What Rasa's parse holds of danger."""
    return HeardDanger.model_validate(parse.get(DANGER) or {})


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
