"""The page of those who answer complaints."""

from __future__ import annotations

from aiohttp import web

from backend.contracts.feedback import MAX_ANSWER
from backend.one_window.feedback.rules import rules
from backend.one_window.feedback.service import FEEDBACK
from backend.platform.http import Call, Routes
from backend.shell.rendering import staff_page

routes = Routes("pages")


@routes.page("/hall/feedback", permission="feedback:handle", summary="投诉评价页")
async def feedback_page(call: Call) -> web.Response:
    """What waits for an answer, and how citizens rate the service."""
    found = await call.service(FEEDBACK).listed(call.session)
    return staff_page(call, "feedback/feedback.html", "投诉评价", found=found, rules=rules(), longest=MAX_ANSWER)
