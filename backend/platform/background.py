"""Work beside the requests: what fails is logged, counted for /metrics and begun again; the hall goes on meanwhile."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from backend.telemetry.metrics import METRICS

log = structlog.get_logger(__name__)
BEGUN_AGAIN_SECONDS = 10.0
Work = Callable[[web.Application], Awaitable[None]]


async def keep_running(app: web.Application, work: Work) -> None:
    """Carry out a feature's work until it ends or is cancelled."""
    app[METRICS].watch_background(work.__name__)
    while True:
        try:
            await work(app)
        except Exception:  # whatever it is: without this work the rest still serves
            log.exception("background.failed", work=work.__name__)
            app[METRICS].background_failed(work.__name__)
        else:
            return
        await asyncio.sleep(BEGUN_AGAIN_SECONDS)
