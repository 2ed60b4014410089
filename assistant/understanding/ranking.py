"""What a sentence may be about, all evidence together: what was learnt, names found, likeness to names and examples.

The learnt probability of a subject is raised by what the item index found. An item that
staff have added since training has no learnt probability: names and likeness alone carry it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from assistant.understanding.item_index import ItemIndex, Linked
from assistant.understanding.normaliser import ITEM_MARK
from assistant.understanding.offices import office_of, says_ours
from assistant.understanding.questions import NOT_OURS, TOPIC, topic_of

SUBJECTS = "subjects"
"""Key of the ranking in Rasa's parse."""
NAMED_WEIGHT, NAME_ALONE_WEIGHT = 1.0, 4.0
"""A name counts for more, the more of the sentence it is: in a long story it may stand for something beside the point."""
LIKE_WEIGHT = 0.7
WORD_WEIGHT = 2.5
"""How much a word of our own field, or of another office's, speaks for whose matter it is."""
TAUGHT_SCORE = 12.0
"""What editors attached stands above everything learnt."""
UNLEARNT = 1e-3
"""Probability of an item that the classifier has never seen."""
MOST = 8
MAX_ANSWERS = 4


@dataclass(frozen=True, slots=True)
class Learnt:
    """What the classifier says: the probability of every subject."""

    subjects: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Subject:
    """An item (``code``) or a topic as a whole (``topic:id``), its topic, and how probable it is."""

    label: str
    topic: str
    confidence: float

    @property
    def is_item(self) -> bool:
        """Whether it is an item of the catalogue."""
        return not self.label.startswith(TOPIC)


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """A policy answer, and how like one of its questions the sentence is (0 to 1)."""

    id: str
    topic: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Subjects best first, policy answers best first."""

    subjects: tuple[Subject, ...]
    answers: tuple[LikelyAnswer, ...]
    not_ours: float
    """Probability that it is another office's matter, or nobody's."""
    topics: Mapping[str, float]
    """Probability of each topic."""

    def as_output(self) -> dict[str, Any]:
        """As it travels in Rasa's parse."""
        return asdict(self)

    @classmethod
    def from_output(cls, found: Mapping[str, Any]) -> Ranking:
        """Read what ``as_output`` gave."""
        return cls(
            tuple(Subject(**subject) for subject in found["subjects"]),
            tuple(LikelyAnswer(**answer) for answer in found["answers"]),
            found["not_ours"],
            found["topics"],
        )


EMPTY = Ranking((), (), 0.0, {})


def rank(index: ItemIndex, learnt: Learnt, linked: Linked) -> Ranking:
    """Rank everything the sentence may be about. ``linked``: what the item linker found in it."""
    named = {found.code: found.confidence for found in linked.candidates if found.how != "like"}
    like = {found.code: found.confidence for found in linked.candidates if found.how == "like"}
    topics_of_items = {code: entry.topic for code, entry in index.entries.items()}
    labels = [*topics_of_items, *(label for label in learnt.subjects if label.startswith(TOPIC))]
    naming = NAMED_WEIGHT + NAME_ALONE_WEIGHT * _share_of_names(linked)
    scores = {
        label: math.log(learnt.subjects.get(label, UNLEARNT) + 1e-9)
        + naming * named.get(label, 0.0)
        + LIKE_WEIGHT * like.get(label, 0.0)
        for label in labels
    }
    taught = index.taught(linked.said)
    if taught is not None:
        scores[_taught_label(index, taught)] = TAUGHT_SCORE
    if NOT_OURS in scores:
        scores[NOT_OURS] += _whose_words(linked.said)
    confidences = _normalised(scores)
    topics: dict[str, float] = {}
    for label, confidence in confidences.items():
        topic = topic_of(label, topics_of_items)
        topics[topic] = topics.get(topic, 0.0) + confidence
    best = sorted((label for label in confidences if label != NOT_OURS), key=lambda label: -confidences[label])[:MOST]
    answers = index.like_answers(linked.said)[:MAX_ANSWERS]
    if taught in index.answers:
        answers = [(str(taught), 1.0), *(found for found in answers if found[0] != taught)][:MAX_ANSWERS]
    return Ranking(
        tuple(Subject(label, topic_of(label, topics_of_items), round(confidences[label], 4)) for label in best),
        tuple(LikelyAnswer(id_, index.answers[id_].topic, round(score, 4)) for id_, score in answers),
        round(confidences.get(NOT_OURS, 0.0), 4),
        {topic: round(share, 4) for topic, share in topics.items() if share >= 0.01},
    )


def _share_of_names(linked: Linked) -> float:
    """How much of the sentence names of items are (0 to 1)."""
    return 1 - len(linked.masked.replace(ITEM_MARK, "")) / max(1, len(linked.said))


def _taught_label(index: ItemIndex, taught: str) -> str:
    """The subject a taught sentence raises: the item itself, or the item or topic of the policy answer."""
    answer = index.answers.get(taught)
    return taught if answer is None else answer.item or f"{TOPIC}{answer.topic}"


def _whose_words(said: str) -> float:
    """Evidence of single words: one of ours speaks against another office, one of theirs for it if there is none of ours."""
    if says_ours(said):
        return -WORD_WEIGHT
    return WORD_WEIGHT if office_of(said) is not None else 0.0


def _normalised(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    highest = max(scores.values())
    weights = {label: math.exp(score - highest) for label, score in scores.items()}
    total = sum(weights.values())
    return {label: weight / total for label, weight in weights.items()}
