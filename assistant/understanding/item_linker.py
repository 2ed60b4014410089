"""Rasa component: which items a sentence is about, whatever is asked of them."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from assistant.understanding.index_holder import HOLDER, data_folder

CANDIDATES = "item_candidates"
MASKED = "masked_text"
LINKED = "linked"
"""What was found, whole, for the components that follow: a sentence is linked once."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class ItemLinker(GraphComponent):  # type: ignore[misc]  # rasa is not typed
    """Adds ``item_candidates`` and the masked sentence to the parse. Not trained: it reads the index in force."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,  # noqa: ARG003
        resource: Resource,  # noqa: ARG003
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> ItemLinker:
        """Make the component; a process that has no index yet reads the snapshot."""
        if HOLDER.current.version == 0:
            HOLDER.load_snapshot(data_folder())
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        """Link every message."""
        for message in messages:
            text = message.get(TEXT)
            if text:
                linked = HOLDER.current.link(text)
                message.set(CANDIDATES, [asdict(candidate) for candidate in linked.candidates], add_to_output=True)
                message.set(MASKED, linked.masked)
                message.set(LINKED, linked)
        return messages
