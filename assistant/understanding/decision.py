"""From a ranking to what is done: answer, ask which, say whose it is, or say that it was not understood.

The thresholds are calibrated on questions that nobody here wrote (``./daoban evaluate``): answering wrongly costs somebody a
day, asking once more costs a click.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from assistant.understanding.ranking import LikelyAnswer, Ranking, Subject

ITEM_SURE = 0.5
"""An item this probable is answered for,"""
ITEM_SURE_IN_TOPIC, TOPIC_SURE = 0.2, 0.55
"""or this probable where its topic is beyond doubt; its neighbours are offered beside it."""
TOPIC_WHOLE_SURE, ITEM_OF_TOPIC, LEAST_OF_TOPIC = 0.7, 0.15, 0.25
"""Where a topic as a whole is likeliest and this sure: its first item, if this probable and not much less so than the whole."""
ANSWER_SURE = 0.6
"""A policy answer whose question is this alike is given,"""
ANSWER_SURE_IN_TOPIC, ANSWER_TOPIC_SURE = 0.42, 0.75
"""or this alike where its topic is beyond doubt."""
ANSWER_OFFERED = 0.25
ANSWER_TOPIC_SHARE = 0.3
NOT_OURS_SURE = 0.45
NOT_OURS_LIKELY, OURS_DOUBTFUL = 0.2, 0.4
"""Somewhat likely not ours, and no topic of ours is likely: not ours."""
NOTHING_CLOSE = 0.14
"""Below this the best subject is no better than a guess."""
MAX_OPTIONS = 3
MAX_BESIDE = 2
NEIGHBOUR = 0.08
"""A neighbour less probable than this is not worth a button."""

_RULE_INTENTS = frozenset(
    {"ask_eligibility", "ask_amount", "ask_deadline", "ask_guide", "ask_legal_basis", "ask_steps", "ask_time_limit",
     "ask_place", "complaint", "inform"}
)  # fmt: skip
"""Questions that a policy answer may answer better than a guide."""


class Kind(StrEnum):
    """What is done."""

    ITEM = "item"
    ANSWER = "answer"
    WHICH = "which"
    NOT_OURS = "not_ours"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Option:
    """Something offered when it is not clear what is meant."""

    kind: Literal["item", "answer", "topic"]
    id: str
    """Code of the item, id of the policy answer, id of the topic."""
    topic: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Decision:
    """What is done about a question, and what it is thought to be about."""

    kind: Kind
    id: str | None = None
    """Code of the item, or id of the policy answer."""
    topic: str | None = None
    confidence: float = 0.0
    options: tuple[Option, ...] = ()


def decide(ranking: Ranking, intent: str) -> Decision:
    """What to do about a question on its own, without what was said before."""
    if not ranking.subjects:
        return Decision(Kind.UNKNOWN)
    topic, share = _best_topic(ranking)
    if _not_ours(ranking, share):
        return Decision(Kind.NOT_OURS, confidence=ranking.not_ours)
    answer = _sure_answer(ranking, intent)
    if answer is not None:
        return Decision(Kind.ANSWER, answer.id, answer.topic, answer.likeness, options(ranking))
    item = sure_item(ranking)
    if item is not None:
        return Decision(Kind.ITEM, item.label, item.topic, item.confidence, options(ranking))
    if share < NOTHING_CLOSE:
        return Decision(Kind.UNKNOWN, topic=topic, confidence=share, options=options(ranking))
    return Decision(Kind.WHICH, topic=topic, confidence=share, options=options(ranking))


def sure_item(ranking: Ranking) -> Subject | None:
    """The item that is clearly meant, or the one to begin with where its topic is clear."""
    best = ranking.subjects[0] if ranking.subjects else None
    if best is None:
        return None
    share = ranking.topics.get(best.topic, 0.0)
    if best.is_item:
        in_topic = share >= TOPIC_SURE and best.confidence >= ITEM_SURE_IN_TOPIC
        return best if best.confidence >= ITEM_SURE or in_topic else None
    first = next((subject for subject in ranking.subjects if subject.is_item), None)
    if first is None or first.topic != best.topic or share < TOPIC_WHOLE_SURE:
        return None
    return first if first.confidence >= max(ITEM_OF_TOPIC, LEAST_OF_TOPIC * best.confidence) else None


def options(ranking: Ranking, *, items_only: bool = False) -> tuple[Option, ...]:
    """Up to three things it could be: the best item first, then what the other likely topics have to offer."""
    found = _all_options(ranking, items_only=items_only)
    chosen = [option for option in found if option.kind == "item"][:1]
    found = [option for option in found if option not in chosen]
    while found and len(chosen) < MAX_OPTIONS:
        taken = [option.topic for option in chosen]
        found.sort(key=lambda option: -_worth(option, ranking, taken.count(option.topic)))
        chosen.append(found.pop(0))
    return tuple(chosen)


def beside(ranking: Ranking, item: str) -> tuple[Option, ...]:
    """What is offered beside the answer about an item: its neighbours if it is not sure, a rule question close by."""
    ranked = next((subject for subject in ranking.subjects if subject.label == item), None)
    sure = ranked is None or ranked.confidence >= ITEM_SURE
    found = _all_options(ranking, items_only=False)
    near = [
        option
        for option in found
        if option.id != item and (option.kind == "answer" or (not sure and option.confidence >= NEIGHBOUR))
    ]
    return tuple(sorted(near, key=lambda option: -option.confidence)[:MAX_BESIDE])


def _all_options(ranking: Ranking, *, items_only: bool) -> list[Option]:
    items = [Option("item", s.label, s.topic, s.confidence) for s in ranking.subjects if s.is_item]
    if items_only:
        return items
    topics = [Option("topic", s.topic, s.topic, s.confidence) for s in ranking.subjects if not s.is_item]
    answers = [
        Option("answer", a.id, a.topic, a.likeness)
        for a in ranking.answers
        if a.likeness >= ANSWER_OFFERED and ranking.topics.get(a.topic, 0.0) >= ANSWER_TOPIC_SHARE
    ]
    return [*items, *answers, *(topic for topic in topics if topic.topic not in {a.topic for a in answers})]


def _worth(option: Option, ranking: Ranking, same_topic: int) -> float:
    """How much offering it adds: a second offer from the same topic is worth less than the first of another."""
    share = ranking.topics.get(option.topic, 0.0)
    own = option.confidence * share if option.kind == "answer" else option.confidence
    return (own + 0.5 * share) * 0.45**same_topic


def _best_topic(ranking: Ranking) -> tuple[str, float]:
    ours = {topic: share for topic, share in ranking.topics.items() if topic != "out_of_scope"}
    if not ours:
        return ranking.subjects[0].topic, 0.0
    best = max(ours, key=lambda topic: ours[topic])
    return best, ours[best]


def _not_ours(ranking: Ranking, best_share: float) -> bool:
    doubtful = ranking.not_ours >= NOT_OURS_LIKELY and best_share < OURS_DOUBTFUL
    return ranking.not_ours >= NOT_OURS_SURE or doubtful


def _sure_answer(ranking: Ranking, intent: str) -> LikelyAnswer | None:
    if intent not in _RULE_INTENTS or not ranking.answers:
        return None
    best = ranking.answers[0]
    share = ranking.topics.get(best.topic, 0.0)
    sure = best.likeness >= ANSWER_SURE and share >= ANSWER_TOPIC_SHARE
    in_topic = best.likeness >= ANSWER_SURE_IN_TOPIC and share >= ANSWER_TOPIC_SURE
    return best if sure or in_topic else None
