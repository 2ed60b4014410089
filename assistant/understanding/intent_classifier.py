"""Rasa component: what is asked, learnt from sentences whose items are replaced by one token."""

from __future__ import annotations

import numpy as np
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.understanding.item_linker import MASKED
from assistant.understanding.linear import LinearModel
from assistant.understanding.normaliser import normalise
from assistant.understanding.seed import training_seed
from assistant.understanding.trained import TrainedComponent

RANKED = 5


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class LinearIntentClassifier(TrainedComponent[LinearModel]):
    """Character n-grams and logistic regression; rare intents weigh as much as frequent ones."""

    model_class = LinearModel

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the intents' examples."""
        examples = [message for message in training_data.intent_examples if message.get(TEXT)]
        texts = [_masked(message) for message in examples]
        intents = [message.get(INTENT) for message in examples]
        return self.keep(LinearModel.fit(texts, intents, balanced=True, seed=training_seed()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Classify every message."""
        for message in messages:
            if self.model is not None and message.get(TEXT):
                scores = np.exp(self.model.scores(_masked(message)))
                ranking = [
                    {INTENT_NAME_KEY: self.model.labels[place], PREDICTED_CONFIDENCE_KEY: float(scores[place])}
                    for place in np.argsort(-scores, kind="stable")[:RANKED]
                ]
                message.set(INTENT, ranking[0], add_to_output=True)
                message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages


def _masked(message: Message) -> str:
    return str(message.get(MASKED) or normalise(message.get(TEXT)))
