"""Rasa component: what a sentence is about, learnt from questions as people ask them (items, topics, not ours).

The item index knows names and everything that staff have added; this knows how trouble is told. Both go into the ranking.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.index_holder import HOLDER
from assistant.nlu.linear import LinearModel
from assistant.nlu.normaliser import normalise
from assistant.nlu.questions import TOPIC, delivered_index, learnt_questions
from assistant.nlu.ranking import SUBJECTS, Learnt, rank

_FILES = {"subjects": "subjects.npz", "topics": "topics.npz"}


@dataclass(frozen=True, slots=True)
class _Models:
    subjects: LinearModel
    topics: LinearModel


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SubjectClassifier(GraphComponent):  # type: ignore[misc]  # rasa is not typed
    """Adds ``subjects``, the ranking of what the sentence may be about, to the parse."""

    def __init__(self, storage: ModelStorage, resource: Resource, models: _Models | None = None) -> None:
        self._storage = storage
        self._resource = resource
        self._models = models

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> SubjectClassifier:
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
    ) -> SubjectClassifier:
        """The trained one."""
        with model_storage.read_from(resource) as folder:
            models = _Models(*(LinearModel.from_bytes((Path(folder) / name).read_bytes()) for name in _FILES.values()))
        return cls(model_storage, resource, models)

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002
        """Learn from the questions; Rasa's own training data carry intents only."""
        asked = list(learnt_questions())
        topics = {entry.code: entry.topic for entry in delivered_index().items}
        texts = [normalise(question.text) for question in asked]
        subjects = [question.subject for question in asked]
        self._models = _Models(
            LinearModel.fit(texts, subjects),
            LinearModel.fit(texts, [topics.get(subject, subject.removeprefix(TOPIC)) for subject in subjects]),
        )
        with self._storage.write_to(self._resource) as folder:
            for name, file in _FILES.items():
                (Path(folder) / file).write_bytes(getattr(self._models, name).to_bytes())
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing for other components."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank what every message may be about."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                message.set(SUBJECTS, rank(HOLDER.current, self._learnt(text), text).as_output(), add_to_output=True)
        return messages

    def _learnt(self, text: str) -> Learnt:
        if self._models is None:
            return Learnt({}, {})
        said = normalise(text)
        return Learnt(
            _probabilities(self._models.subjects, said),
            _probabilities(self._models.topics, said),
        )


def _probabilities(model: LinearModel, said: str) -> dict[str, float]:
    return dict(zip(model.labels, np.exp(model.scores(said)).tolist(), strict=True))
