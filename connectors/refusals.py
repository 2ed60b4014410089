"""What the sockets' process answers where it refuses: a Chinese sentence instead of the library's English."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache
from pathlib import Path

import structlog
import yaml
from aiohttp import web
from pydantic import TypeAdapter

log = structlog.get_logger(__name__)
_FILE = Path(__file__).parent / "data" / "refusals.yaml"
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def refuse_in_chinese(request: web.Request, handler: Next) -> web.StreamResponse:
    """Say what a refusal means; one that already has a sentence of ours keeps it."""
    try:
        return await handler(request)
    except web.HTTPException as answer:
        if answer.status < 400:
            raise
        said = answer.text or ""
        return web.Response(status=answer.status, text=_sentence(answer.status) if said.isascii() else said)
    except Exception:  # logged; the next request is served
        log.exception("request.failed")
        return web.Response(status=500, text=_sentence(500))


def _sentence(status: int) -> str:
    return _sentences().get(status) or _sentences()["other"]


@lru_cache(maxsize=1)
def _sentences() -> dict[int | str, str]:
    return TypeAdapter(dict[int | str, str]).validate_python(yaml.safe_load(_FILE.read_text("utf-8")))
