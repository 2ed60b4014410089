"""Rasa component: what a sentence is about, learnt from questions as people ask them (items, topics, not ours).

The item index knows names and everything that staff have added; this knows how trouble is told. Both go into the ranking.
"""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.nlu.index_holder import HOLDER
from assistant.nlu.linear import LinearModel
from assistant.nlu.normaliser import normalise
from assistant.nlu.questions import TOPIC, delivered_index, learnt_questions
from assistant.nlu.ranking import SUBJECTS, Learnt, rank
from assistant.nlu.trained import TrainedComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SubjectClassifier(TrainedComponent):
    """Adds ``subjects``, the ranking of what the sentence may be about, to the parse."""

    kept = ("subjects", "topics")

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002
        """Learn from the questions; Rasa's own training data carry intents only."""
        asked = list(learnt_questions())
        topics = {entry.code: entry.topic for entry in delivered_index().items}
        texts = [normalise(question.text) for question in asked]
        subjects = [question.subject for question in asked]
        of_topics = [topics.get(subject, subject.removeprefix(TOPIC)) for subject in subjects]
        return self.keep({"subjects": LinearModel.fit(texts, subjects), "topics": LinearModel.fit(texts, of_topics)})

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
        if not self.models:
            return Learnt({}, {})
        said = normalise(text)
        return Learnt(
            _probabilities(self.models["subjects"], said),
            _probabilities(self.models["topics"], said),
        )


def _probabilities(model: LinearModel, said: str) -> dict[str, float]:
    return dict(zip(model.labels, np.exp(model.scores(said)).tolist(), strict=True))
