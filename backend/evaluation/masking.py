"""Reports without identifiers: what people said of themselves is no part of what is learnt from it."""

from __future__ import annotations

from backend.contracts.evaluation import EvaluationReport
from backend.language.identifiers_in_text import hide_identifiers


def without_identifiers(report: EvaluationReport) -> EvaluationReport:
    """The report with identifiers masked in what people said and in what they were told."""
    questions = tuple(
        one.model_copy(update={"text": hide_identifiers(one.text), "reply": hide_identifiers(one.reply)})
        for one in report.questions
    )
    return report.model_copy(update={"questions": questions})
