"""Rasa component: what a sentence is about, learnt from questions as people ask them (items, topics, not ours).

The item index knows names and everything that staff have added; this knows how trouble is told. Both go into the ranking.
"""

from __future__ import annotations

from collections.abc import Sequence

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.understanding.index_holder import HOLDER
from assistant.understanding.item_linker import LINKED
from assistant.understanding.network import NetworkModel
from assistant.understanding.normaliser import normalise
from assistant.understanding.questions import Asked, delivered_index, learnt_questions, topic_of
from assistant.understanding.ranking import SUBJECTS, Learnt, rank
from assistant.understanding.seed import SEED, training_seed
from assistant.understanding.trained import TrainedComponent


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=True)
class SubjectClassifier(TrainedComponent[NetworkModel]):
    """Adds ``subjects``, the ranking of what the sentence may be about, to the parse."""

    model_class = NetworkModel

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002
        """Learn from the questions; Rasa's own training data carry intents only."""
        return self.keep(learn_subjects(list(learnt_questions()), seed=training_seed()))

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Nothing for other components."""
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Rank what every message may be about."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                linked = message.get(LINKED) or HOLDER.current.link(text)
                ranking = rank(HOLDER.current, self._learnt(text), linked)
                message.set(SUBJECTS, ranking.as_output(), add_to_output=True)
        return messages

    def _learnt(self, text: str) -> Learnt:
        return Learnt({}) if self.model is None else learnt_of(self.model, text)


def learn_subjects(asked: Sequence[Asked], *, seed: int = SEED) -> NetworkModel:
    """A network that tells what questions are about; the topic of a subject is its group."""
    topics = {entry.code: entry.topic for entry in delivered_index().items}
    subjects = [question.subject for question in asked]
    return NetworkModel.fit(
        [normalise(question.text) for question in asked],
        subjects,
        [topic_of(subject, topics) for subject in subjects],
        seed=seed,
    )


def learnt_of(model: NetworkModel, text: str) -> Learnt:
    """What the network says of a sentence as it was typed."""
    return Learnt(model.probabilities(normalise(text)))
