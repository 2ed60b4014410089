"""What the assistant learns from: questions as people ask them, each with what is asked and what it is about.

``nlu_data/questions/**/*.yml`` (format: README.md there) and, from the delivered content, the items' own examples and the
policy answers' questions. Content edited later is understood by the item index; it never causes training.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from backend.contracts.catalogue import AnswerEntry, CatalogueIndex, IndexEntry
from backend.contracts.catalogue_content import Topic

ROOT = Path(__file__).parents[2]
QUESTIONS = ROOT / "nlu_data" / "questions"
SUBJECTS_ONLY = "neighbours"
"""Folder of questions that teach what they are about, not what is asked (measured: as intents they do harm)."""
CONTENT = ROOT / "backend" / "one_window" / "catalogue" / "data"
TOPIC = "topic:"
"""Begins the subject of a question about a topic as a whole."""
NOT_OURS = f"{TOPIC}out_of_scope"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: what is asked (``intent``; empty: not taught) and what it is about (an item's code, or ``topic:id``)."""

    text: str
    intent: str
    subject: str


def learnt_questions() -> Iterator[Asked]:
    """Everything that is learnt from, in a fixed order."""
    for path in sorted(QUESTIONS.rglob("*.yml")):
        yield from questions_of(path)
    content = delivered_index()
    for item in content.items:
        for text in (item.name, item.plain_name, *item.aliases, *item.examples):
            yield Asked(text, "", item.code)
    for answer in content.answers:
        for text in answer.questions:
            yield Asked(text, "", answer.item or f"{TOPIC}{answer.topic}")


def questions_of(path: Path) -> Iterator[Asked]:
    """The questions of one file, in its order."""
    content = _load(path)
    subject = content.get("item") or f"{TOPIC}{content['topic']}"
    intents_too = path.parent.name != SUBJECTS_ONLY
    for intent, texts in content["questions"].items():
        for text in texts:
            yield Asked(str(text), intent if intents_too else "", subject)


def topic_of(subject: str, topics: Mapping[str, str]) -> str:
    """The topic of a subject, by the topics of the items' codes."""
    return topics.get(subject, subject.removeprefix(TOPIC))


@lru_cache(maxsize=1)
def delivered_index() -> CatalogueIndex:
    """The delivered content as an index, for training without a backend."""
    items = [_load(path) for path in sorted((CONTENT / "items").glob("*.yaml"))]
    answers = [answer for path in sorted((CONTENT / "policy_answers").glob("*.yaml")) for answer in _load(path)]
    return CatalogueIndex(
        version=0,
        items=tuple(
            IndexEntry.model_validate({name: item[name] for name in IndexEntry.model_fields if name in item})
            for item in items
        ),
        answers=tuple(
            AnswerEntry.model_validate(
                {"item": None} | {name: answer[name] for name in AnswerEntry.model_fields if name in answer}
            )
            for answer in answers
        ),
        topics=tuple(Topic.model_validate(topic) for topic in _load(CONTENT / "topics.yaml")),
    )


def _load(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  # safe loader, C speed
