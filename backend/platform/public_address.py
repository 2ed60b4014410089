"""The address people reach us by, which a proxy that ends TLS hides from us: for QR codes, sockets and our own headers."""

from __future__ import annotations

from typing import Literal

from aiohttp import web

from backend.platform.cookies import SECURE_COOKIES
from backend.platform.rate_limits import LIMITER


def scheme(request: web.Request) -> Literal["http", "https"]:
    """How people reach us: ``https`` where cookies are secure, else what our own proxy says, else this connection's.

    ``X-Forwarded-Proto`` of anybody but our own proxies (``DAOBAN_PROXIES``) is ignored.
    """
    if request.app[SECURE_COOKIES]:
        return "https"
    given = request.scheme
    if request.remote in request.app[LIMITER].proxies:
        given = request.headers.get("X-Forwarded-Proto", given).rpartition(",")[2].strip().lower()
    return "https" if given == "https" else "http"


def public_address(request: web.Request, path: str) -> str:
    """The whole address of one of our pages. ``path`` begins with a slash."""
    return f"{scheme(request)}://{request.host}{path}"
