"""Figures of an evaluation: rates with their confidence intervals, and what was confused with what.

A question may be labelled (``topic``, ``alt_topics``, ``item_codes``, ``policy``, ``answerable``); without labels only the
outcomes are counted.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict
from scipy.stats import binomtest

from backend.contracts.evaluation import Mistake
from backend.contracts.replies import AlternativeItem, Outcome

OUT_OF_SCOPE = "out_of_scope"
MAX_OFFERED = 3
_OURS = {Outcome.ANSWERED, Outcome.CLARIFY}
_TO_ANSWER = {"", "yes"}
"""Labels of questions that are to be answered; of others an honest handing over is right."""


class Question(BaseModel):
    """One question of the file, with whatever labels it carries."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str
    text: str
    topic: str | None = None
    alt_topics: tuple[str, ...] = ()
    item_codes: tuple[str, ...] = ()
    policy: bool = False
    answerable: str = ""


class Result(BaseModel):
    """What the assistant made of it."""

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    intent: str
    item: str | None
    item_name: str | None
    topic: str | None
    confidence: float
    alternatives: tuple[AlternativeItem, ...]
    outcome: Outcome
    reply: str


def totals(pairs: Sequence[tuple[Question, Result]]) -> dict[str, Any]:
    """All figures of a run."""
    labelled = [(q, r) for q, r in pairs if q.topic is not None]
    ours = [(q, r) for q, r in labelled if q.topic != OUT_OF_SCOPE]
    others = [(q, r) for q, r in labelled if q.topic == OUT_OF_SCOPE]
    with_item = _about_items(ours)
    answerable = [(q, r) for q, r in ours if q.answerable == "yes"]
    by_topic: dict[str, list[tuple[Question, Result]]] = defaultdict(list)
    for question, result in ours:
        by_topic[str(question.topic)].append((question, result))
    return {
        "questions": len(pairs),
        "outcomes": dict(Counter(str(result.outcome) for _, result in pairs)),
        "topic_right": rate(topic_right(q, r) for q, r in ours),
        "item_first": rate(item_first(q, r) for q, r in with_item),
        "item_among_three": rate(item_among_three(q, r) for q, r in with_item),
        "answerable_answered": rate(r.outcome is Outcome.ANSWERED for q, r in answerable),
        "answerable_not_handed_over": rate(r.outcome in _OURS for q, r in answerable),
        "confidently_wrong": rate(confidently_wrong(q, r) for q, r in ours),
        "out_of_scope_taken_for_ours": rate(r.outcome in _OURS for _, r in others),
        "by_topic": {topic: rate(topic_right(q, r) for q, r in of) for topic, of in sorted(by_topic.items())},
        "topics": {topic: topic_figures(of) for topic, of in sorted(by_topic.items())},
        "mistakes": _mistakes(labelled),
        "confusions": _confusions(ours),
    }


def topic_figures(pairs: Sequence[tuple[Question, Result]]) -> dict[str, Any]:
    """The figures of one topic's questions. ``answered`` counts those that can be answered."""
    with_item = _about_items(pairs)
    return {
        "topic_right": rate(topic_right(q, r) for q, r in pairs),
        "item_first": rate(item_first(q, r) for q, r in with_item),
        "item_among_three": rate(item_among_three(q, r) for q, r in with_item),
        "answered": rate(r.outcome is Outcome.ANSWERED for q, r in pairs if q.answerable in _TO_ANSWER),
        "confidently_wrong": rate(confidently_wrong(q, r) for q, r in pairs),
    }


def mistake(question: Question, result: Result) -> Mistake | None:
    """What went wrong with a labelled question, None if nothing did; the gravest where several names would fit."""
    if question.topic == OUT_OF_SCOPE:
        return Mistake.TAKEN_FOR_OURS if result.outcome in _OURS else None
    if confidently_wrong(question, result):
        return Mistake.ANSWERED_WRONG
    about_item = bool(question.item_codes) and not question.policy
    if result.outcome is Outcome.ANSWERED:
        return Mistake.OTHER_ITEM if about_item and not item_first(question, result) else None
    if result.outcome is Outcome.CLARIFY:
        right = item_among_three(question, result) if about_item else topic_right(question, result)
        return None if right else Mistake.CLARIFIED_WITHOUT
    if result.outcome is Outcome.NOT_OURS:
        return Mistake.TURNED_AWAY
    if question.answerable not in _TO_ANSWER:
        return None  # honestly not answered
    return Mistake.HANDED_OVER if result.outcome is Outcome.HANDOVER else Mistake.NOT_UNDERSTOOD


def item_first(question: Question, result: Result) -> bool:
    """The item thought of first is one of those labelled."""
    return any(code in question.item_codes for code in _items(result)[:1])


def item_among_three(question: Question, result: Result) -> bool:
    """One of the first three items is one of those labelled."""
    return any(code in question.item_codes for code in _items(result)[:MAX_OFFERED])


def topic_right(question: Question, result: Result) -> bool:
    """The answer's topic, or one of the at most three that a clarification offers."""
    right = {question.topic, *question.alt_topics}
    if result.outcome is Outcome.CLARIFY:
        return bool(right & {offered.topic for offered in result.alternatives[:MAX_OFFERED]})
    return result.topic in right


def confidently_wrong(question: Question, result: Result) -> bool:
    """Answered about another topic."""
    return result.outcome is Outcome.ANSWERED and not topic_right(question, result)


def rate(outcomes: Iterable[bool]) -> dict[str, float | int]:
    """Share of true ones with its 95 % interval (Wilson)."""
    counted = [bool(outcome) for outcome in outcomes]
    n, hits = len(counted), sum(counted)
    if n == 0:
        return {"n": 0, "rate": 0.0, "low": 0.0, "high": 0.0}
    interval = binomtest(hits, n).proportion_ci(confidence_level=0.95, method="wilson")
    return {
        "n": n,
        "rate": round(hits / n, 4),
        "low": round(float(interval.low), 4),
        "high": round(float(interval.high), 4),
    }


def _items(result: Result) -> list[str]:
    """Items in the order they are thought of."""
    found = [result.item, *(offered.item for offered in result.alternatives)]
    return list(dict.fromkeys(code for code in found if code))


def _about_items(pairs: Sequence[tuple[Question, Result]]) -> list[tuple[Question, Result]]:
    return [(question, result) for question, result in pairs if question.item_codes and not question.policy]


def _mistakes(pairs: Sequence[tuple[Question, Result]]) -> dict[str, list[str]]:
    """Ids of the questions by what went wrong, the gravest kind first; every kind is named."""
    found: dict[str, list[str]] = {kind: [] for kind in Mistake}
    for question, result in pairs:
        kind = mistake(question, result)
        if kind is not None:
            found[kind].append(question.id)
    return found


def _confusions(pairs: Sequence[tuple[Question, Result]]) -> list[dict[str, Any]]:
    """What an editor can act on: topics taken for others, most frequent first, with their questions."""
    wrong: dict[tuple[str, str], list[str]] = defaultdict(list)
    for question, result in pairs:
        if not topic_right(question, result):
            wrong[str(question.topic), result.topic or str(result.outcome)].append(question.id)
    ordered = sorted(wrong.items(), key=lambda entry: -len(entry[1]))
    return [{"topic": topic, "taken_for": taken, "questions": ids} for (topic, taken), ids in ordered]
