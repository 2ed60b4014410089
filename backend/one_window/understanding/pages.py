"""The page where editors see how well people are understood, and teach what was not."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.understanding import UnclearQuery
from backend.evaluation.words import report_words
from backend.one_window.understanding.api import last_report
from backend.one_window.understanding.service import UNDERSTANDING
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")

OUTCOME_NAMES = {"not_understood": "没听懂", "clarify": "问了是哪一件", "not_ours": "说不归我们管"}


@routes.page("/content/understanding", permission="understanding:teach", summary="听懂了多少页")
async def understanding(call: Call) -> web.StreamResponse:
    """What was not understood, what was taught, figures of the last evaluation."""
    service = call.service(UNDERSTANDING)
    return staff_page(
        call,
        "understanding/understanding.html",
        "听懂了多少",
        questions=(await service.unclear(call.session, UnclearQuery())).questions,
        examples=(await service.taught(call.session)).examples,
        report=await last_report(call),
        figures=report_words().figures,
        outcomes=OUTCOME_NAMES,
    )
