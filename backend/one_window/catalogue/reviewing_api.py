"""HTTP of what has to be read again."""

from __future__ import annotations

from backend.contracts.content_review import AnswerReadNote, AnswerReadRecord, ContentReview
from backend.one_window.catalogue.reviewing import REVIEWING
from backend.platform.http import Call, Routes

routes = Routes("catalogue")


@routes.get("/catalogue/review", permission="catalogue:versions", returns=ContentReview, summary="该复核的内容")
async def review(call: Call) -> ContentReview:
    """Bases that change within 90 days, and answers and calculators nobody has read for a year."""
    return await call.service(REVIEWING).review(call.session)


@routes.post(
    "/catalogue/answers/{answer_id}/readings",
    permission="catalogue:versions",
    body=AnswerReadNote,
    returns=AnswerReadRecord,
    status=201,
    summary="读过一条问答或者计算，没有错",
)
async def mark_read(call: Call) -> AnswerReadRecord:
    """Record that an answer or a calculator was read and is right."""
    return await call.service(REVIEWING).mark_read(call.session, call.path("answer_id"), call.body, call.who)
