"""The conversation API: an aiohttp app around the Rasa agent. The socket opens at once, Rasa loads meanwhile."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import structlog
from aiohttp import web
from pydantic import ValidationError

from assistant import tracker
from assistant.actions.backend import BackendGone, use
from assistant.dialogue.units.holding import units_about
from assistant.semantics.vectors import FILE, VECTORS
from assistant.settings import Settings
from assistant.training import DELIVERED, is_damaged, model_path, prepare_rasa
from assistant.understanding.index_holder import HOLDER
from assistant.understanding.repair import learnt_speech
from backend.client import BackendClient, BackendProblem, BackendUnavailable
from backend.client.catalogue import CatalogueClient
from backend.client.privacy import PrivacyClient
from backend.contracts.turns import Turn
from backend.process.incoming import carries_token, read_body, readable_headers
from backend.process.problem import problem_response
from backend.process.refusing import refuse_in_chinese
from backend.telemetry.metrics import METRICS, Metrics, measure
from backend.telemetry.settings import MODEL_UNUSABLE

if TYPE_CHECKING:
    from rasa_sdk.executor import ActionExecutor

    from assistant.engine import Engine

log = structlog.get_logger(__name__)
FOLLOW_SECONDS = 3.0
A_DAY = 86_400.0
FAILED = 1
"""Exit status after which starting again may help."""
_REFUSALS = Path(__file__).parent / "refusals.yaml"


class Assistant:
    """The engine once it is loaded, and the catalogue followed meanwhile."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.engine: Engine | None = None
        self.executor: ActionExecutor | None = None
        self.tokens = [settings.token("connectors"), settings.token("operations")]
        self.backend = BackendClient(settings.backend_url, settings.token("assistant"))
        self._turns: dict[str, asyncio.Lock] = {}

    @cached_property
    def model(self) -> Path:
        """The model of this process: to name it, everything that was learnt from is read, and we are asked every second."""
        return model_path(self.settings.models)

    async def load(self) -> None:
        """Load Rasa and the model; seconds, in a thread, so that the socket answers meanwhile."""
        use(self.backend)
        self._begin_with_snapshot()
        engine = await asyncio.to_thread(self._load)
        await asyncio.to_thread(VECTORS.keep_in, self.settings.models, DELIVERED / FILE)
        with suppress(BackendUnavailable, BackendProblem):
            await self.refresh_index()
        self.engine = engine
        log.info("assistant.ready", catalogue_version=HOLDER.current.version)
        await asyncio.sleep(FOLLOW_SECONDS)  # who wrote while we were away has the processor first
        await asyncio.to_thread(learnt_speech)  # seconds: now, not when the first caller has spoken

    async def prepare_units(self, loaded: asyncio.Task[None]) -> None:
        """Once loaded, make the answer units of every item, one after another: the first who asks on about it need not wait."""
        await asyncio.wait([loaded])
        for code in list(HOLDER.current.entries):
            with suppress(BackendUnavailable, BackendProblem):
                await units_about(code)
            await asyncio.sleep(FOLLOW_SECONDS)  # nobody waits for it: others have the processor

    def _load(self) -> Engine:
        prepare_rasa()
        from assistant.actions.executor import make_executor  # ten seconds to import
        from assistant.engine import Engine

        self.executor = make_executor()
        return Engine(
            self.model,
            self.settings.tracker_file,
            self.executor,
            tracker_url=self.settings.tracker_url,
            redis_url=self.settings.redis_url,
        )

    def _begin_with_snapshot(self) -> None:
        """A damaged snapshot is left: the backend gives the index again, and a whole one takes its place."""
        try:
            HOLDER.load_snapshot(self.settings.data)
        except (ValidationError, OSError) as error:
            log.warning("item_index.snapshot_unreadable", error=type(error).__name__)

    async def refresh_index(self) -> None:
        """Swap the item index if the catalogue has changed."""
        index = await self.backend.part(CatalogueClient).index(HOLDER.current.version or None)
        if index is not None:
            HOLDER.swap(index)
            try:
                HOLDER.save_snapshot(self.settings.data, index)
            except OSError as error:  # a full disk: it is in force all the same
                log.warning("item_index.snapshot_not_kept", error=error.strerror)

    async def erase_silent(self) -> None:
        """Once a day, by the backend's retention table; while the backend is away later."""
        while True:
            with suppress(BackendUnavailable, BackendProblem):
                days = (await self.backend.part(PrivacyClient).retention()).kinds["tracker"].days
                before = datetime.now(UTC) - timedelta(days=days or 0)
                if days:
                    erased = await asyncio.to_thread(tracker.erase_silent, self.settings.tracker, before.timestamp())
                    log.info("tracker.erased", events=erased)
                await asyncio.sleep(A_DAY)
            await asyncio.sleep(FOLLOW_SECONDS)

    async def follow_catalogue(self) -> None:
        """Keep the item index current; while the backend is away the last one serves."""
        while True:
            with suppress(BackendUnavailable, BackendProblem):
                await self.refresh_index()
            await asyncio.sleep(FOLLOW_SECONDS)

    def turn_of(self, conversation: str) -> asyncio.Lock:
        """One turn at a time per conversation."""
        return self._turns.setdefault(conversation, asyncio.Lock())


ASSISTANT = web.AppKey("assistant", Assistant)


def create_app(settings: Settings) -> web.Application:
    """The app; the engine loads in the background."""
    app = web.Application(middlewares=[readable_headers, measure, refuse_in_chinese(_REFUSALS), _guard])
    app[METRICS] = Metrics()
    app[ASSISTANT] = Assistant(settings)
    app.cleanup_ctx.append(_running)
    app.router.add_post("/conversations/{id}/turns", take_turn)
    app.router.add_post("/webhook", run_action)
    app.router.add_get("/health", health)
    app.router.add_get("/ready", ready)
    app.router.add_get("/metrics", metrics)
    return app


async def _running(app: web.Application) -> AsyncIterator[None]:
    assistant = app[ASSISTANT]
    loading = asyncio.create_task(assistant.load())
    following = asyncio.create_task(assistant.follow_catalogue())
    erasing = asyncio.create_task(assistant.erase_silent())
    preparing = asyncio.create_task(assistant.prepare_units(loading))
    loading.add_done_callback(lambda loaded: _stop_if_failed(loaded, assistant.settings))
    try:
        yield
    finally:
        for task in (loading, following, erasing, preparing):
            task.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await task
        await assistant.backend.close()


def _stop_if_failed(loading: asyncio.Task[None], settings: Settings) -> None:
    """A model that does not load is no assistant: end, the supervisor starts us again, or trains first, and says so."""
    error = None if loading.cancelled() else loading.exception()
    if error is None:
        return
    log.error("assistant.load_failed", error=repr(error))
    status, told = _reason(settings)
    sys.stderr.write(f"{told}\n")
    raise SystemExit(status)


def _reason(settings: Settings) -> tuple[int, str]:
    """Exit status, and what the operator should hear."""
    model = model_path(settings.models)
    if not model.exists() or is_damaged(model):
        return MODEL_UNUSABLE, "助手的模型文件不在了或坏了，马上重新训练。"
    if not settings.tracker_url and tracker.is_damaged(settings.tracker_file):
        return MODEL_UNUSABLE, "助手的记忆文件坏了，马上换新的。"
    return FAILED, "助手的模型装不进来，原因在记录里。"


@web.middleware
async def _guard(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Only our own processes; health is open."""
    if request.path not in {"/health", "/ready"} and not carries_token(request, request.app[ASSISTANT].tokens):
        raise web.HTTPUnauthorized
    return await handler(request)


async def take_turn(request: web.Request) -> web.StreamResponse:
    """One turn. 503 while warming up or while the backend is away: the same message may be sent again."""
    assistant = request.app[ASSISTANT]
    if assistant.engine is None:
        return problem_response(503, "assistant.warming", "助手正在准备，请稍等。")
    try:
        turn = Turn.model_validate_json(await read_body(request))
    except ValidationError as error:
        field = ".".join(map(str, error.errors(include_input=False)[0]["loc"]))
        return problem_response(422, "turn.invalid", f"「{field}」填得不对，请核对接口说明。")
    conversation = request.match_info["id"]
    try:
        async with assistant.turn_of(conversation):
            reply = await assistant.engine.turn(conversation, turn)
    except BackendGone:
        log.warning("turn.given_up", conversation=conversation, seq=turn.seq)
        return problem_response(503, "backend.away", "后台暂时连不上，请稍后再试。")
    return web.Response(text=reply.model_dump_json(), content_type="application/json")


async def run_action(request: web.Request) -> web.StreamResponse:
    """The action server's protocol, for ``rasa shell`` and ``rasa test``."""
    executor = request.app[ASSISTANT].executor
    if executor is None:
        return problem_response(503, "assistant.warming", "助手正在准备，请稍等。")
    try:
        call = json.loads(await read_body(request))
    except ValueError as error:
        raise web.HTTPBadRequest from error
    try:
        return web.json_response(await executor.run(call))
    except BackendGone:
        return problem_response(503, "backend.away", "后台暂时连不上，请稍后再试。")


async def health(request: web.Request) -> web.Response:
    """Whether the assistant can answer."""
    assistant = request.app[ASSISTANT]
    state = {
        "ready": assistant.engine is not None,
        "model": assistant.model.name,
        "catalogue_version": HOLDER.current.version,
    }
    return web.Response(text=json.dumps(state), content_type="application/json")


async def ready(request: web.Request) -> web.StreamResponse:
    """Whether turns may be sent here: 503 while the model loads."""
    if request.app[ASSISTANT].engine is None:
        return problem_response(503, "assistant.warming", "助手正在准备，请稍等。")
    return await health(request)


async def metrics(request: web.Request) -> web.Response:
    """Prometheus metrics of this process."""
    request.app[METRICS].set("daoban_catalogue_version", "Version of the item index in force.", HOLDER.current.version)
    return request.app[METRICS].exposition()
