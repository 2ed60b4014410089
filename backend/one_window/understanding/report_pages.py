"""The page of one evaluation: figures by topic, what was confused with what, and what an editor does about each question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web
from pydantic import Field

from backend.contracts.evaluation import (
    ConfusionCell,
    EvaluationReport,
    Mistake,
    ReportQuestion,
)
from backend.contracts.understanding import ReportView
from backend.contracts.wire import Wire
from backend.evaluation.comparison import compare_reports
from backend.evaluation.confusions import confusions
from backend.evaluation.words import report_words
from backend.one_window.catalogue.service import CATALOGUE
from backend.one_window.understanding.reports import REPORTS
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")

FEW = 15
"""Fewer questions of a topic than this: the page says that they prove little."""
MAX_TAUGHT = 200
"""Characters of a sentence that can be taught."""


class ReportQuery(Wire):
    """Which report, and which earlier one to compare it with."""

    of: str = Field(default="", max_length=40)
    before: str = Field(default="", max_length=40)


@dataclass(frozen=True, slots=True)
class Section:
    """Confusions of one kind that are still open."""

    mistake: Mistake
    name: str
    do: str
    confusions: Sequence[ConfusionCell]

    @property
    def questions(self) -> int:
        """How many questions."""
        return sum(len(one.questions) for one in self.confusions)


@dataclass(frozen=True, slots=True)
class Settled:
    """A question that does not come again, and why."""

    question: ReportQuestion
    decision: str


@routes.page("/content/understanding/report", permission="understanding:teach", query=ReportQuery, summary="评测报告页")
async def understanding_report(call: Call) -> web.StreamResponse:
    """A report, the newest unless another is chosen; compared with an earlier one where one is chosen."""
    service, query = call.service(REPORTS), call.query
    listed = (await service.reports(call.session)).reports
    chosen = query.of or (listed[0].id if listed else "")
    report = await service.report(call.session, chosen) if chosen else None
    before = await service.report(call.session, query.before) if report and query.before else None
    index = await call.service(CATALOGUE).index(call.session)
    settled = {} if report is None else await service.decided(call.session, _mistaken(report))
    return staff_page(
        call,
        "understanding/understanding_report.html",
        "评测报告",
        reports=listed,
        chosen=chosen,
        chosen_view=next((one for one in listed if one.id == chosen), None),
        before=query.before if before else "",
        report=report,
        earlier=before,
        comparison=compare_reports(before, report) if report and before else None,
        sections=_sections(report, settled),
        settled=_settled(report, settled),
        labelled=report is not None and any(one.expected is not None for one in report.questions),
        names={code.code: code.plain_name for code in index.items} | {topic.id: topic.name for topic in index.topics},
        items={entry.code for entry in index.items},
        answers=index.answers,
        words=report_words(),
        few=FEW,
        longest_taught=MAX_TAUGHT,
        address=_address,
        label=_label,
    )


def _mistaken(report: EvaluationReport) -> Iterable[str]:
    return (one.text for one in report.questions if one.mistake is not None)


def _sections(report: EvaluationReport | None, settled: dict[str, str]) -> list[Section]:
    """Open mistakes by kind, in the order of the words; within a kind the worst first."""
    found = [] if report is None else [_open(one, settled) for one in confusions(report)]
    return [
        Section(kind, words.name, words.do, those)
        for kind, words in report_words().mistakes.items()
        if (those := [one for one in found if one.mistake is kind and one.questions])
    ]


def _open(confusion: ConfusionCell, settled: dict[str, str]) -> ConfusionCell:
    return confusion.model_copy(
        update={"questions": tuple(one for one in confusion.questions if one.text not in settled)}
    )


def _settled(report: EvaluationReport | None, settled: dict[str, str]) -> list[Settled]:
    questions = () if report is None else report.questions
    return [Settled(one, settled[one.text]) for one in questions if one.mistake is not None and one.text in settled]


def _address(of: str, before: str = "") -> str:
    return "/content/understanding/report?" + urlencode({"of": of} | ({"before": before} if before else {}))


def _label(view: ReportView) -> str:
    """A report in the list to choose from."""
    return f"{view.name or '本机评测'}（{view.questions}题）"
