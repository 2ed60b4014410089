"""The speech part of ./daoban check: aliases nobody will be understood to say, recordings and readings that are wrong."""

from __future__ import annotations

from pathlib import Path

import yaml

from connectors.speech.models import BUNDLED
from connectors.speech.policy import policy
from connectors.speech.recognition.recognition_data import recognition_data
from connectors.speech.recognition.vocabulary import ModelVocabulary, cannot_say
from connectors.speech.text.pronunciation import PronunciationError, own_words
from connectors.speech.text.spelling import words

CATALOGUE = Path(__file__).parents[2] / "backend" / "one_window" / "catalogue" / "data" / "items"


def unsayable_aliases(model: Path = BUNDLED, items: Path = CATALOGUE) -> list[str]:
    """A sentence for every name or alias of the delivered catalogue that the model has no words for."""
    vocabulary = ModelVocabulary.of_model(model)
    names: dict[str, list[str]] = {}
    for path in sorted(items.glob("*.yaml")):
        item = yaml.safe_load(path.read_text("utf-8"))
        names[item["code"]] = [item["name"], item["plain_name"], *item.get("aliases", ())]
    return [
        f"{code}：语音模型里没有「{alias}」的字，说出来听不懂。请换个说法，或运行 ./daoban voices train 重新训练。"
        for code, alias in cannot_say(names, vocabulary)
    ]


def run() -> tuple[list[str], list[str]]:
    """(problems, things to know)."""
    problems: list[str] = []
    words(), recognition_data(), policy()
    try:
        own_words()
    except PronunciationError as error:
        problems.append(str(error))
    return problems, unsayable_aliases()
