"""The report of an evaluation: written whole where the caller wants it, and kept without identifiers for the back office."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant.evaluation.scoring import Question, Result, mistake, totals
from backend.contracts.evaluation import ConfusionCell, EvaluationReport
from backend.evaluation.confusions import confusions
from backend.evaluation.masking import without_identifiers

KEPT_FOLDER = "reports"
"""Beside the models. The back office reads it (backend: understanding/reports.py)."""
KEPT_NAME = "understanding-{at:%Y%m%dT%H%M%SZ}.json"
MAX_KEPT_COUNT = 12


class UnreadableReport(Exception):
    """The file is not there, or is no report of ``./daoban evaluate``."""


def make_report(pairs: Sequence[tuple[Question, Result]]) -> dict[str, Any]:
    """The report as CONTRACTS names it (``questions``, ``totals``), with each question's labels and what went wrong.

    ``totals.item_confusions``: what was expected, what was taken, with the questions' texts, the worst first.
    """
    questions = [_question(question, result) for question, result in pairs]
    figures = totals(pairs)
    read = EvaluationReport.model_validate({"questions": questions, "totals": figures})
    found = [_confusion(one) for one in confusions(read)]
    return {"questions": questions, "totals": {**figures, "item_confusions": found}}


def keep(report: EvaluationReport, folder: Path, now: datetime | None = None) -> Path:
    """Keep a report for the back office, identifiers masked, readable by its owner only; the oldest are dropped."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / KEPT_NAME.format(at=now or datetime.now(UTC))
    draft = target.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(without_identifiers(report).model_dump_json())
    draft.replace(target)
    for old in sorted(folder.glob("understanding-*.json"))[:-MAX_KEPT_COUNT]:
        old.unlink()
    return target


def read_report(file: Path) -> EvaluationReport:
    """A report that an earlier evaluation wrote. Raises UnreadableReport."""
    try:
        return EvaluationReport.model_validate_json(file.read_bytes())
    except (OSError, ValueError) as error:  # a ValidationError is a ValueError
        raise UnreadableReport(file) from error


def _confusion(confusion: ConfusionCell) -> dict[str, Any]:
    asked = [one.model_dump(include={"id", "text", "outcome", "confidence"}) for one in confusion.questions]
    return {**confusion.model_dump(mode="json", exclude={"questions"}), "questions": asked}


def _question(question: Question, result: Result) -> dict[str, Any]:
    if question.topic is None:
        return {**result.model_dump(mode="json"), "expected": None, "mistake": None}
    expected = {
        "topic": question.topic,
        "alt_topics": list(question.alt_topics),
        "items": list(question.item_codes),
        "policy": question.policy,
        "answerable": question.answerable,
    }
    return {**result.model_dump(mode="json"), "expected": expected, "mistake": mistake(question, result)}
