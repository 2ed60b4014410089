"""Reports without identifiers: what people said of themselves is no part of what is learnt from it."""

from __future__ import annotations

from backend.contracts.evaluation import EvaluationReport
from backend.language.identifiers_in_text import find_identifiers
from backend.language.placeholders import replace_placeholders

NUMBER_MARK = "（号码）"


def masked(text: str) -> str:
    """The text with a mark for every identifier."""
    for found in reversed(find_identifiers(text)):
        text = text[: found.start] + NUMBER_MARK + text[found.end :]
    return replace_placeholders(text, NUMBER_MARK)


def without_identifiers(report: EvaluationReport) -> EvaluationReport:
    """The report with identifiers masked in what people said and in what they were told."""
    questions = tuple(
        one.model_copy(update={"text": masked(one.text), "reply": masked(one.reply)}) for one in report.questions
    )
    return report.model_copy(update={"questions": questions})
