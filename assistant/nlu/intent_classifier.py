"""Rasa component: what is asked, learnt from sentences whose items are replaced by one token."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.item_linker import MASKED
from assistant.nlu.linear import LinearModel
from assistant.nlu.normaliser import normalise

_FILE = "intents.npz"
RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(GraphComponent):  # type: ignore[misc]  # rasa is not typed
    """Character n-grams and logistic regression; rare intents weigh as much as frequent ones."""

    def __init__(self, storage: ModelStorage, resource: Resource, model: LinearModel | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> LinearIntentClassifier:
        """An untrained one."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **kwargs: Any,  # noqa: ARG003
    ) -> LinearIntentClassifier:
        """The trained one."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, LinearModel.from_bytes((Path(folder) / _FILE).read_bytes()))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the intents' examples."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts = [_masked(message) for message in examples]
        self._model = LinearModel.fit(texts, [message.get(INTENT) for message in examples], balanced=True)
        with self._storage.write_to(self._resource) as folder:
            (Path(folder) / _FILE).write_bytes(self._model.to_bytes())
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify every message."""
        for message in messages:
            if self._model is not None and message.get(TEXT):
                scores = np.exp(self._model.scores(_masked(message)))
                ranking = [
                    {INTENT_NAME_KEY: self._model.labels[place], PREDICTED_CONFIDENCE_KEY: float(scores[place])}
                    for place in np.argsort(-scores)[:RANKED]
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _masked(message: Message) -> str:
    return str(message.get(MASKED) or normalise(message.get(TEXT)))
