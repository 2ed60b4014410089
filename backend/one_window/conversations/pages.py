"""The citizen's page: the chat."""

from __future__ import annotations

from aiohttp import web

from backend.one_window.conversations.welcome import welcome
from backend.platform.http import Call, Routes
from backend.shell.rendering import PAGES

routes = Routes("pages")


@routes.page("/", permission="public", summary="群众的对话页")
async def chat(call: Call) -> web.Response:
    """The citizen's page."""
    return call.service(PAGES).render("conversations/chat.html", "导办", "citizen", starts=welcome().starts)
