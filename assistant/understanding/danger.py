"""Rasa component: words of danger (nlu_data/danger.yml) are heard whatever else the sentence is taken for.

A classifier may be unsure of a sentence it has never seen; nobody who speaks of dying may be sent to a form because of it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding.normaliser import normalise

DANGER = "danger"
"""Key of the kind of danger in Rasa's parse."""
DISTRESS = "distress"
SURE = 0.6
"""The classifier alone must be this sure."""
_FILE = Path(__file__).parents[2] / "nlu_data" / "danger.yml"


class _Patterns(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)

    always: tuple[str, ...]
    likely: tuple[str, ...]


class DangerWords(BaseModel):
    """Kinds of danger with their patterns, the gravest first, and what shows that nobody is in danger now."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kinds: dict[str, _Patterns]
    unless: tuple[str, ...]


@lru_cache(maxsize=1)
def _danger_words() -> DangerWords:
    return DangerWords.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))


def danger_in(text: str) -> str | None:
    """Kind of the danger that is spoken of, None if there is none."""
    words = _danger_words()
    said = normalise(text)
    past = any(word in said for word in words.unless)
    for kind, patterns in words.kinds.items():
        looked_for = patterns.always if past else patterns.always + patterns.likely
        if any(re.search(pattern, said) for pattern in looked_for):
            return kind
    return None


def _next_best(ranking: list[dict[str, Any]]) -> dict[str, Any]:
    """「我不想给」 is no cry for help: what the sentence is taken for otherwise."""
    others = [intent for intent in ranking if intent[INTENT_NAME_KEY] != DISTRESS]
    return others[0] if others else {INTENT_NAME_KEY: None, PREDICTED_CONFIDENCE_KEY: 0.0}


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class DangerWatch(GraphComponent):  # type: ignore[misc]  # rasa is not typed
    """Makes the intent ``distress`` where danger is spoken of."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> DangerWatch:
        """Make the component."""
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Look at every message."""
        for message in messages:
            kind = danger_in(message.get(TEXT) or "")
            heard = message.get(INTENT) or {}
            if kind is None and heard.get(INTENT_NAME_KEY) == DISTRESS and heard[PREDICTED_CONFIDENCE_KEY] < SURE:
                message.set(INTENT, _next_best(message.get(INTENT_RANKING_KEY) or []), add_to_output=True)
            if kind is not None:
                message.set(DANGER, kind, add_to_output=True)
                message.set(INTENT, {INTENT_NAME_KEY: DISTRESS, PREDICTED_CONFIDENCE_KEY: 1.0}, add_to_output=True)
        return messages
