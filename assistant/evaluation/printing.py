"""A report as a terminal shows it: figures with intervals, a table by topic, the worst confusions, what changed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from backend.contracts.evaluation import (
    Comparison,
    ConfusionCell,
    EvaluationReport,
    Figure,
    Mistake,
    ReportQuestion,
)
from backend.evaluation.comparison import compare_reports
from backend.evaluation.confusions import confusions
from backend.evaluation.words import report_words

WORST = 10
MAX_CHANGED = 10
FEW = 15
"""Fewer questions than this: the table says so."""
MAX_SHOWN_LENGTH = 34
"""Characters of a question on one line."""
_WIDTH = 18
_COLUMNS = ("topic_right", "item_first", "item_among_three", "answered", "confidently_wrong")


def lines(report: EvaluationReport, names: Mapping[str, str], before: EvaluationReport | None = None) -> Iterator[str]:
    """Everything that is printed. ``names``: what items and topics are called."""
    totals = report.totals
    outcomes = "、".join(f"{report_words().outcomes.get(kind, kind)}{n}" for kind, n in totals.outcomes.items())
    yield f"问了{totals.questions}个问题：{outcomes}"
    yield from _figures(report, before)
    yield from _topics(report, names)
    yield from _worst(confusions(report), names)
    if before is not None:
        yield from _changed(compare_reports(before, report), names)


def _figures(report: EvaluationReport, before: EvaluationReport | None) -> Iterator[str]:
    for name, label in report_words().figures.items():
        figure: Figure | None = getattr(report.totals, name)
        if figure is None or not figure.n:
            continue
        earlier: Figure | None = None if before is None else getattr(before.totals, name)
        was = f"  上次{earlier.rate:.1%}" if earlier is not None and earlier.n else ""
        yield f"  {padded(label, 34)}{figure.rate:>7.1%}  （{figure.low:.0%}–{figure.high:.0%}，{figure.n}题）{was}"


def _topics(report: EvaluationReport, names: Mapping[str, str]) -> Iterator[str]:
    if not report.totals.topics:
        return
    heads = report_words().columns
    yield "按方面看（括号里是95%的把握范围）："
    yield f"  {padded('', 26)}{padded('题', 5)}" + "".join(padded(heads[name], _WIDTH) for name in _COLUMNS)
    for topic, figures in report.totals.topics.items():
        cells = "".join(padded(_cell(getattr(figures, name)), _WIDTH) for name in _COLUMNS)
        few = "题少，只作参考" if figures.topic_right.n < FEW else ""
        yield f"  {padded(names.get(topic, topic), 26)}{padded(str(figures.topic_right.n), 5)}{cells}{few}".rstrip()


def _cell(figure: Figure) -> str:
    return f"{figure.rate:.0%}（{figure.low:.0%}–{figure.high:.0%}）" if figure.n else "－"


def _worst(found: Sequence[ConfusionCell], names: Mapping[str, str]) -> Iterator[str]:
    if not found:
        return
    yield f"最要紧的{min(WORST, len(found))}处（一共{len(found)}处）："
    for place, one in enumerate(found[:WORST], start=1):
        yield f"  {place}. {report_words().mistakes[one.mistake].name}，{len(one.questions)}题：{wanted(one, names)} → {taken(one, names)}"
        for asked in one.questions[:2]:
            yield f"     {asked.id}「{_short(asked.text)}」{report_words().outcomes.get(asked.outcome, asked.outcome)}，把握{asked.confidence:.0%}"


def _changed(change: Comparison, names: Mapping[str, str]) -> Iterator[str]:
    chance = "，变化不像是碰巧" if change.chance < 0.05 else "，这点变化可能只是碰巧"
    yield (
        f"和上次比（两次都有的{change.shared}题）：变对{len(change.became_right)}题，变错{len(change.became_wrong)}题"
        + (chance if change.became_right or change.became_wrong else "")
    )
    for label, questions in (("变对", change.became_right), ("变错", change.became_wrong)):
        for asked in questions[:MAX_CHANGED]:
            yield f"  {label} {asked.id}「{_short(asked.text)}」{_made_of(asked, names)}"
        if len(questions) > MAX_CHANGED:
            yield f"  {label}的还有{len(questions) - MAX_CHANGED}题，在后台「听懂了多少」里看"


def wanted(one: ConfusionCell, names: Mapping[str, str]) -> str:
    """What would have been right."""
    return "或".join(names.get(code, code) for code in one.items) or names.get(one.topic, one.topic)


def taken(one: ConfusionCell, names: Mapping[str, str]) -> str:
    """What it was taken for."""
    if one.taken_item:
        return one.taken_item_name or one.taken_item
    if one.taken_topic:
        return names.get(one.taken_topic, one.taken_topic)
    offered = [other.item_name for other in one.questions[0].alternatives[:3]]
    if one.mistake is Mistake.CLARIFIED_WITHOUT and offered:
        return f"问的是{'、'.join(offered)}"
    outcome = one.questions[0].outcome
    return report_words().outcomes.get(outcome, outcome)


def _made_of(asked: ReportQuestion, names: Mapping[str, str]) -> str:
    topic = "" if asked.topic is None else names.get(asked.topic, asked.topic)
    about = asked.item_name or topic
    return report_words().outcomes.get(asked.outcome, asked.outcome) + (f"：{about}" if about else "")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= MAX_SHOWN_LENGTH else text[: MAX_SHOWN_LENGTH - 1] + "…"


def padded(text: str, width: int) -> str:
    """Filled with blanks to ``width`` columns of a terminal, where Chinese characters take two."""
    taken_up = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
    return text + " " * max(1, width - taken_up)
