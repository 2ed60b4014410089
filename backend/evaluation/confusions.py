"""Mistakes of one report by what was expected and what was taken, in the order in which an editor mends them."""

from __future__ import annotations

from backend.contracts.evaluation import ConfusionCell, EvaluationReport, Mistake, ReportQuestion

HARM = {
    Mistake.ANSWERED_WRONG: 3,
    Mistake.TAKEN_FOR_OURS: 3,
    Mistake.OTHER_ITEM: 2,
    Mistake.TURNED_AWAY: 2,
    Mistake.CLARIFIED_WITHOUT: 1,
    Mistake.NOT_UNDERSTOOD: 1,
    Mistake.HANDED_OVER: 1,
}
"""How much a mistake weighs when confusions are ordered: somebody who is told something wrong pays with a day."""


def confusions(report: EvaluationReport) -> list[ConfusionCell]:
    """All mistakes by what was expected and what was taken, the worst first."""
    groups: dict[tuple[Mistake, str, tuple[str, ...], str | None, str | None], list[ReportQuestion]] = {}
    for one in report.questions:
        if one.mistake is not None and one.expected is not None:
            items = () if one.expected.policy else one.expected.items
            groups.setdefault((one.mistake, one.expected.topic, items, *_taken(one)), []).append(one)
    found = [
        ConfusionCell(
            mistake=mistake,
            topic=topic,
            items=items,
            taken_item=taken_item,
            taken_item_name=group[0].item_name if taken_item else None,
            taken_topic=taken_topic,
            questions=tuple(sorted(group, key=lambda one: (-one.confidence, one.id))),
        )
        for (mistake, topic, items, taken_item, taken_topic), group in groups.items()
    ]
    return sorted(found, key=lambda one: (-harm(one), -one.questions[0].confidence, one.questions[0].id))


def harm(confusion: ConfusionCell) -> int:
    """How bad, times how often."""
    return HARM[confusion.mistake] * len(confusion.questions)


def _taken(question: ReportQuestion) -> tuple[str | None, str | None]:
    """Item and topic that a wrong answer was about; nothing where nothing was answered."""
    answered = question.mistake in {Mistake.ANSWERED_WRONG, Mistake.OTHER_ITEM, Mistake.TAKEN_FOR_OURS}
    return (question.item, question.topic) if answered else (None, None)
