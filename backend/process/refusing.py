"""What a port without pages answers where it refuses: a Chinese problem instead of the library's English."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

import structlog
import yaml
from aiohttp import ClientConnectionResetError, web
from aiohttp.typedefs import Middleware
from pydantic import TypeAdapter

from backend.process.incoming import BodyUnreadableError
from backend.process.problem import problem_response, read_by_a_person

log = structlog.get_logger(__name__)
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
_NAMES = {
    401: "identity.required",
    403: "identity.forbidden",
    404: "route.unknown",
    405: "method.unknown",
    413: "body.too_large",
    500: "server.error",
    503: "server.not_ready",
}
"""As the backend names them (backend/platform/problems.yaml)."""


def refuse_in_chinese(file: Path) -> Middleware:
    """A middleware that says what a refusal means, by the sentences of a file (HTTP status, or ``other``).

    A refusal that already has a Chinese sentence keeps it.
    """
    sentences = TypeAdapter(dict[int | str, str]).validate_python(yaml.safe_load(file.read_text("utf-8")))

    def refusal(request: web.Request, status: int, said: str = "") -> web.Response:
        sentence = said if said and not said.isascii() else sentences.get(status) or sentences["other"]
        if read_by_a_person(request):  # who opened the address in a browser
            return web.Response(status=status, text=sentence)
        name = _NAMES.get(status, "request.unreadable")
        return problem_response(status, name, sentence, secrets.token_hex(6))

    @web.middleware
    async def refuse(request: web.Request, handler: Next) -> web.StreamResponse:
        try:
            return await handler(request)
        except web.HTTPException as answer:
            if answer.status < 400:
                raise
            return refusal(request, answer.status, answer.text or "")
        except (BodyUnreadableError, ClientConnectionResetError):  # the latter: told to nobody
            return refusal(request, 400)
        except Exception:  # logged; the next request is served
            log.exception("request.failed")
            return refusal(request, 500)

    return refuse
