"""What comes in by HTTP, made fit to work with: headers that are text, a body that is whole. For all three processes."""

from __future__ import annotations

import hmac
import re
from collections.abc import Awaitable, Callable, Iterable

import structlog
from aiohttp import web

log = structlog.get_logger(__name__)
Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
_NO_TEXT = re.compile("[\ud800-\udfff]")
"""How aiohttp hands on a byte that is no UTF-8; nothing can hash, store or print it."""
_SUBSTITUTE = "\N{REPLACEMENT CHARACTER}"


class BodyUnreadableError(Exception):
    """The body is not packed as its headers say, or whoever sent it left before its end."""


@web.middleware
async def readable_headers(request: web.Request, handler: Next) -> web.StreamResponse:
    """Hand on headers that are text; outermost, so that nothing meets others.

    A byte that is no UTF-8 becomes U+FFFD, which is in no cookie and no token of ours: whoever sent it is nobody.
    """
    if any(_NO_TEXT.search(value) for value in request.headers.values()):
        cleaned = [(name, _NO_TEXT.sub(_SUBSTITUTE, value)) for name, value in request.headers.items()]
        request = request.clone(headers=cleaned)
    return await handler(request)


async def read_body(request: web.Request) -> bytes:
    """The whole body, unpacked. Raises BodyUnreadableError."""
    try:
        return await request.read()
    except (web.RequestPayloadError, ConnectionResetError) as error:  # the latter: nobody is there any more
        raise BodyUnreadableError from error


def carries_token(request: web.Request, tokens: Iterable[str]) -> bool:
    """Whether ``Authorization: Bearer`` holds one of the tokens, compared in constant time; an empty one opens nothing."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme == "Bearer" and any(hmac.compare_digest(one.encode(), given.encode()) for one in tokens if one)
