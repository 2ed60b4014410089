"""The connectors as an aiohttp application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress

from aiohttp import web

from assistant.client import AssistantClient
from backend.client import BackendClient
from connectors.conversation import Conversations
from connectors.settings import Settings
from connectors.web_chat.socket import ALLOWED_HOSTS, CONVERSATIONS, chat


def create_app(settings: Settings) -> web.Application:
    """The app; its turns run from start to stop."""
    app = web.Application()
    app[ALLOWED_HOSTS] = settings.allowed_hosts
    backend = BackendClient(settings.backend_url, settings.token)
    assistant = AssistantClient(settings.assistant_url, settings.token)
    app[CONVERSATIONS] = Conversations(backend, assistant, settings.worker)

    async def running(app: web.Application) -> AsyncIterator[None]:
        turns = asyncio.create_task(app[CONVERSATIONS].run())
        try:
            yield
        finally:
            turns.cancel()
            with suppress(asyncio.CancelledError):
                await turns
            await assistant.close()
            await backend.close()

    app.cleanup_ctx.append(running)
    app.router.add_get("/chat", chat)
    app.router.add_get("/health", _health)
    return app


async def _health(request: web.Request) -> web.Response:
    return web.json_response({"status": "ok", "assistant_ready": request.app[CONVERSATIONS].assistant_ready})
