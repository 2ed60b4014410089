"""The page where editors see how well people are understood, and teach what was not."""

from __future__ import annotations

from aiohttp import web

from backend.core.http import Call, Routes
from backend.one_window.understanding.routes import last_report
from backend.one_window.understanding.schemas import UnclearQuery
from backend.one_window.understanding.service import UNDERSTANDING
from backend.pages.content import signed_in
from backend.pages.rendering import PAGES

routes = Routes("pages")

FIGURE_NAMES = {
    "topic_right": "说的是哪方面，听对了（问了再答的，三个选项里有就算）",
    "item_first": "说的是哪件事，第一个就对",
    "item_among_three": "说的是哪件事，前三个里有",
    "answerable_answered": "能答的，直接答了",
    "confidently_wrong": "答错了方面",
    "out_of_scope_taken_for_ours": "不归我们管的，当成我们的了",
}
OUTCOME_NAMES = {"not_understood": "没听懂", "clarify": "问了是哪一件", "not_ours": "说不归我们管"}


@routes.get("/content/understanding", permission="public", summary="听懂了多少页")
async def understanding(call: Call) -> web.StreamResponse:
    """What was not understood, what was taught, figures of the last evaluation, what is switched off."""
    staff = signed_in(call, "understanding:teach")
    service = call.service(UNDERSTANDING)
    return call.service(PAGES).render(
        "understanding.html",
        "听懂了多少",
        "staff",
        staff=staff,
        questions=(await service.unclear(call.session, UnclearQuery())).questions,
        examples=(await service.taught(call.session)).examples,
        switches=(await service.switches(call.session)).switches,
        report=await last_report(call),
        figures=FIGURE_NAMES,
        outcomes=OUTCOME_NAMES,
        may=call.who.may,
    )
