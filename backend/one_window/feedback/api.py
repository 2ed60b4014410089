"""HTTP of feedback."""

from __future__ import annotations

from backend.contracts.feedback import (
    Feedback,
    FeedbackAnswer,
    FeedbackList,
    NewFeedback,
    NewRating,
    OwnFeedback,
    Rating,
    Urged,
)
from backend.one_window.feedback.ratings import RATINGS
from backend.one_window.feedback.service import FEEDBACK
from backend.one_window.feedback.urging import URGING
from backend.platform.errors import NotAllowedError
from backend.platform.http import Call, Routes

routes = Routes("feedback")


@routes.post(
    "/conversations/{id}/feedback",
    permission="feedback:give",
    body=NewFeedback,
    returns=Feedback,
    status=201,
    summary="登记投诉、意见建议或表扬",
)
async def register(call: Call) -> Feedback:
    """Register what the conversation's citizen says of the service."""
    return await call.service(FEEDBACK).register(call.session, _own(call), call.body, call.who)


@routes.get("/conversations/{id}/feedback", permission="feedback:give", returns=OwnFeedback, summary="本人的投诉和意见")
async def own(call: Call) -> OwnFeedback:
    """What was registered in the conversation, newest first."""
    found = await call.service(FEEDBACK).of_conversation(call.session, _own(call))
    return OwnFeedback(feedback=tuple(found))


@routes.post(
    "/conversations/{id}/ratings",
    permission="feedback:give",
    body=NewRating,
    returns=Rating,
    status=201,
    summary="评价一次服务",
)
async def rate(call: Call) -> Rating:
    """Rate the conversation, or a case of its citizen."""
    return await call.service(RATINGS).rate(call.session, _own(call), call.body, call.who)


@routes.post("/cases/{id}/urge", permission="feedback:give", returns=Urged, summary="催办")
async def urge(call: Call) -> Urged:
    """Tell the case's owner that its applicant waits."""
    return await call.service(URGING).urge(call.session, call.path("id"), call.who)


@routes.get("/feedback", permission="feedback:handle", returns=FeedbackList, summary="投诉、意见和评价")
async def listed(call: Call) -> FeedbackList:
    """What waits, what was answered, how we were rated."""
    return await call.service(FEEDBACK).listed(call.session)


@routes.post(
    "/feedback/{number}/answer",
    permission="feedback:handle",
    body=FeedbackAnswer,
    returns=FeedbackList,
    summary="答复投诉、意见或表扬",
)
async def answer(call: Call) -> FeedbackList:
    """Answer one; the list afterwards."""
    await call.service(FEEDBACK).answer(call.session, call.path("number"), call.body, call.who)
    return await call.service(FEEDBACK).listed(call.session)


def _own(call: Call) -> str:
    conversation = call.path("id")
    if call.who.conversation != conversation:
        raise NotAllowedError("conversation.forbidden")
    return conversation
