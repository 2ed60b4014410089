"""The connectors as an aiohttp application."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from assistant.client import AssistantClient
from backend.client import BackendClient, BackendProblem, BackendUnavailable
from backend.client.voice import VoiceClient
from backend.limiting.counting import RateLimiter
from backend.process.incoming import carries_token, readable_headers
from backend.process.refusing import refuse_in_chinese
from backend.process.serving import close_sockets_at_shutdown
from backend.telemetry.metrics import METRICS, Metrics, measure
from connectors.conversation import Conversations
from connectors.settings import Settings
from connectors.speech.holder import OpenSpeech, SpeechHolder
from connectors.speech.speech import open_speech
from connectors.web_chat.socket import ALLOWED_HOSTS, CONVERSATIONS, SCHEMES, SPEECH, VOICE_LIMITS, chat
from connectors.web_chat.speech_output import prepare

STATE_INTERVAL_SECONDS = 60.0
"""A backend that was started anew knows within this which voice model is active."""
_REFUSALS = Path(__file__).parent / "data" / "refusals.yaml"
OPERATIONS_TOKEN = web.AppKey("operations_token", str)


def create_app(settings: Settings, speech: OpenSpeech | None = None) -> web.Application:
    """The app; its turns run from start to stop. ``speech`` instead of the one of the settings."""
    app = web.Application(middlewares=[readable_headers, measure, refuse_in_chinese(_REFUSALS)])
    app[METRICS] = Metrics()
    app[OPERATIONS_TOKEN] = settings.operations_token
    app[ALLOWED_HOSTS] = settings.allowed_hosts
    app[SCHEMES] = frozenset({"https"} if settings.secure_cookies else {"http", "https"})
    app[VOICE_LIMITS] = RateLimiter(settings.limits, settings.redis_url)
    app[SPEECH] = SpeechHolder(speech or _opener(settings))
    backend = BackendClient(settings.backend_url, settings.token)
    assistant = AssistantClient(settings.assistant_url, settings.token)
    app[CONVERSATIONS] = Conversations(backend, assistant, settings.worker)

    async def running(app: web.Application) -> AsyncIterator[None]:
        beside = [asyncio.create_task(app[CONVERSATIONS].run()), asyncio.create_task(_keep_speech(app))]
        try:
            yield
        finally:
            for task in beside:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            app[SPEECH].close()
            app[VOICE_LIMITS].close()
            await assistant.close()
            await backend.close()

    app.cleanup_ctx.append(running)
    close_sockets_at_shutdown(app)
    app.router.add_get("/chat", chat)
    app.router.add_get("/health", _health)
    app.router.add_get("/ready", _ready)
    app.router.add_get("/metrics", _metrics)
    return app


def _opener(settings: Settings) -> OpenSpeech | None:
    chosen = settings.speech
    return None if chosen is None else lambda: open_speech(chosen)


async def _keep_speech(app: web.Application) -> None:
    """Load the voice model beside everything else; tell the pages that are open, and staff's by the backend."""
    holder = app[SPEECH]
    await holder.open()
    app[CONVERSATIONS].wake_everybody()
    if holder.speech is not None:
        await prepare(holder.speech)
    while True:
        with suppress(BackendUnavailable, BackendProblem):  # away: told in a minute
            await app[CONVERSATIONS].backend.part(VoiceClient).tell(holder.told())
        await asyncio.sleep(STATE_INTERVAL_SECONDS)


async def _health(request: web.Request) -> web.Response:
    ready = request.app[CONVERSATIONS].assistant_ready
    return web.json_response({"status": "ok", "assistant_ready": ready, "speech": request.app[SPEECH].health()})


async def _ready(request: web.Request) -> web.Response:
    """Whether browsers may be sent here: 503 while the backend is away, for nothing said could be stored."""
    reached = await request.app[CONVERSATIONS].backend.healthy()
    return web.json_response({"status": "ready" if reached else "waiting"}, status=200 if reached else 503)


async def _metrics(request: web.Request) -> web.Response:
    """Prometheus metrics of this process, for the operations token."""
    token = request.app[OPERATIONS_TOKEN]
    if not carries_token(request, [token]):
        raise web.HTTPUnauthorized
    return request.app[METRICS].exposition()
