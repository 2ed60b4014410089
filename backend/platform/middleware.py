"""What wraps every request: a trace, refusals as problems (JSON for programs, a page for people), security headers, a log line."""

from __future__ import annotations

import re
import secrets
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import structlog
from aiohttp import ClientConnectionResetError, web

from backend.platform.cookies import SECURE_COOKIES, delete_taken
from backend.platform.errors import DaobanError, InvalidError, NotFoundError
from backend.platform.http import refusal
from backend.platform.public_address import own_address
from backend.platform.rate_limits import LIMITER
from backend.platform.storage_problems import storage_problem
from backend.process.problem import SERVER
from backend.telemetry.metrics import METRICS

log = structlog.get_logger(__name__)

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
ErrorPage = Callable[[web.Request, DaobanError], web.Response]
ERROR_PAGE: web.AppKey[ErrorPage] = web.AppKey("error_page", Callable)  # type: ignore[arg-type]  # no class of callables

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), payment=(), usb=(), microphone=(self)",
    "Server": SERVER,
}
"""The microphone is for the desk: the citizen's words appear while they speak."""
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "media-src 'self' blob:; manifest-src 'self'; worker-src 'self'; connect-src 'self' {sockets}; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""No script, style or connection from anywhere but here, none inline. Sockets: our own and the connectors'."""
SOCKETS: web.AppKey[Callable[[web.Request], str]] = web.AppKey("sockets", Callable)  # type: ignore[arg-type]  # as above
_HOST = re.compile(r"(?:[A-Za-z0-9.\-_]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?", re.ASCII)
A_YEAR = 31_536_000
"""Seconds."""


@web.middleware
async def observe(request: web.Request, handler: Next) -> web.StreamResponse:
    """Bind a trace, answer refusals, log the outcome by route (never the query: it may hold a number)."""
    trace = secrets.token_hex(6)
    began = time.perf_counter()
    with structlog.contextvars.bound_contextvars(trace=trace):
        response = await _answer(request, handler, trace)
        delete_taken(request, response)
        log.info(
            "request.served",
            method=request.method,
            route=_route_name(request),
            status=response.status,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
    return response


async def _answer(request: web.Request, handler: Next, trace: str) -> web.StreamResponse:
    try:
        if _HOST.fullmatch(request.host) is None:  # it goes into our own headers and addresses
            raise InvalidError("host.unreadable")
        return await handler(request)
    except DaobanError as error:
        return _refuse(request, error, trace)
    except web.HTTPRequestEntityTooLarge:
        return _refuse(request, InvalidError("body.too_large"), trace)
    except web.HTTPMethodNotAllowed:
        return _refuse(request, InvalidError("method.unknown"), trace)
    except web.HTTPException as answer:
        if answer.status < 400:  # a redirection
            raise
        return _refuse(request, _said_by_aiohttp(answer), trace)
    except ClientConnectionResetError:  # whoever asked is gone: told to nobody
        return _refuse(request, InvalidError("request.unreadable"), trace)
    except Exception as error:  # noqa: BLE001  # logged with its traceback
        return _refuse(request, _failed(request, error), trace)


def _said_by_aiohttp(answer: web.HTTPException) -> DaobanError:
    """The library's own refusals are in English: no such file or a folder, a socket's address opened as a page."""
    if answer.status in (403, 404):
        return NotFoundError("route.unknown")
    return InvalidError("socket.not_a_page" if "WebSocket" in (answer.text or "") else "request.unreadable")


def _failed(request: web.Request, error: Exception) -> DaobanError:
    """The last resort: logged with its trace, told as a sentence."""
    found = storage_problem(error, reading=request.method in {"GET", "HEAD"})
    if found is None:
        log.error("request.failed", route=_route_name(request), exc_info=error)
        return DaobanError("server.error")
    fault, problem = found
    request.app[METRICS].storage_failed(fault)
    log.error("storage.failed", route=_route_name(request), fault=fault, error=type(error).__name__)
    return problem


def _refuse(request: web.Request, error: DaobanError, trace: str) -> web.Response:
    page = request.app.get(ERROR_PAGE)
    if page is not None and request.method in {"GET", "HEAD"} and "text/html" in request.headers.get("Accept", ""):
        return page(request, error)
    return refusal(error, trace)


def _route_name(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "(unknown)"


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler ``on_response_prepare``."""
    for name, value in SECURITY_HEADERS.items():
        response.headers[name] = value
    if _HOST.fullmatch(request.host) is None:
        response.headers["Content-Security-Policy"] = CONTENT_POLICY.format(sockets="").replace("  ", " ")
        return
    own = own_address(request).replace("http", "ws", 1)
    sockets = urlsplit(request.app[SOCKETS](request))  # without its path: that would have to match exactly
    response.headers["Content-Security-Policy"] = CONTENT_POLICY.format(
        sockets=f"{own} {sockets.scheme}://{sockets.netloc}"
    )
    if request.app[SECURE_COOKIES]:
        response.headers["Strict-Transport-Security"] = f"max-age={A_YEAR}"
    # Scripts are asked for again each time (304 mostly): an upgrade never meets old ones. Answers are kept nowhere.
    revalidated = request.path.startswith("/static/") or "ETag" in response.headers
    response.headers.setdefault("Cache-Control", "no-cache" if revalidated else "no-store")


@web.middleware
async def limit_addresses(request: web.Request, handler: Next) -> web.StreamResponse:
    """Refuse an address that asks too much; files of pages do not count."""
    if not request.path.startswith("/static/"):
        await request.app[LIMITER].check_address(request)
    return await handler(request)
