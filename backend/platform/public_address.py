"""The address people reach us by: for QR codes, sockets, our own headers, and to tell our own pages from others'.

``DAOBAN_PUBLIC_URL`` says it. Then a Host header that names neither it nor one of the trusted hosts changes nothing (CWE-644);
without it the Host that the browser sent is all there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from aiohttp import web

from backend.platform.cookies import SECURE_COOKIES
from backend.platform.rate_limits import LIMITER

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class PublicAddress:
    """As configured. ``url``: scheme and host, None where nobody said; ``trusted``: other hosts people come by."""

    url: str | None = None
    trusted: frozenset[str] = frozenset()


PUBLIC_ADDRESS = web.AppKey("public_address", PublicAddress)


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


def own_address(request: web.Request) -> str:
    """Scheme and host of the page that asks, without a slash at its end."""
    configured = request.app[PUBLIC_ADDRESS]
    if configured.url is None or _is_trusted(request.host, configured):
        return f"{scheme(request)}://{request.host}"
    return configured.url


def public_address(request: web.Request, path: str) -> str:
    """The whole address of one of our pages, to be printed. ``path`` begins with a slash."""
    return (request.app[PUBLIC_ADDRESS].url or own_address(request)) + path


def is_own_origin(request: web.Request, origin: str) -> bool:
    """Whether a page of that origin is ours: scheme, host and port are the same (RFC 6454)."""
    return _place(origin) is not None and _place(origin) == _place(own_address(request))


def _is_trusted(host: str, configured: PublicAddress) -> bool:
    name = urlsplit(f"//{host}").hostname
    return name in LOOPBACK or not configured.trusted.isdisjoint({host, name})


def _place(address: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        return None
    return parts.scheme, parts.hostname, port or _PORTS[parts.scheme]
