"""Rasa importer: adds the questions of nlu_data/questions to the examples of nlu_data/nlu.

Mentions of items are replaced by one token, as in serving, so that what is asked is learnt apart from what it is about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_EXAMPLE, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.understanding.item_index import ItemIndex
from assistant.understanding.item_linker import MASKED
from assistant.understanding.questions import delivered_index, learnt_questions


class QuestionsImporter(RasaFileImporter):  # type: ignore[misc]  # rasa is not typed
    """Reads the project's files as Rasa does, and the questions."""

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Examples of intents from both places. Questions without an intent are learnt by the subject classifier alone."""
        data: TrainingData = super().get_nlu_data(language)
        return data.merge(TrainingData(training_examples=_examples()))


def _examples() -> list[Message]:
    return [Message(data=_data(*asked)) for asked in _asked()]


@lru_cache(maxsize=1)
def _asked() -> tuple[tuple[str, str, str], ...]:
    """Text, intent and masked form of every question; Rasa reads its data several times in one training."""
    index = ItemIndex(delivered_index())
    return tuple((asked.text, asked.intent, index.masked(asked.text)) for asked in learnt_questions() if asked.intent)


def _data(text: str, intent: str, masked: str) -> dict[str, Any]:
    return {TEXT: text, INTENT: intent, MASKED: masked, METADATA: {METADATA_EXAMPLE: {}}}
