"""What wraps every request: a trace, refusals as problems (JSON for programs, a page for people), security headers, a log line."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

from backend.core.errors import DaobanError, InvalidError, NotFoundError
from backend.core.http import refusal

log = structlog.get_logger(__name__)

Next = Callable[[web.Request], Awaitable[web.StreamResponse]]
ErrorPage = Callable[[web.Request, DaobanError], web.Response]
ERROR_PAGE: web.AppKey[ErrorPage] = web.AppKey("error_page", Callable)  # type: ignore[arg-type]  # no class of callables

SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Content-Security-Policy": (
        "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    ),
}


@web.middleware
async def observe(request: web.Request, handler: Next) -> web.StreamResponse:
    """Bind a trace, answer refusals, log the outcome by route (never the query: it may hold a number)."""
    trace = secrets.token_hex(6)
    began = time.perf_counter()
    with structlog.contextvars.bound_contextvars(trace=trace):
        response = await _answer(request, handler, trace)
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
        return await handler(request)
    except DaobanError as error:
        return _refuse(request, error, trace)
    except web.HTTPRequestEntityTooLarge:
        return _refuse(request, InvalidError("body.too_large"), trace)
    except web.HTTPMethodNotAllowed:
        return _refuse(request, InvalidError("method.unknown"), trace)
    except web.HTTPNotFound:
        return _refuse(request, NotFoundError("route.unknown"), trace)
    except web.HTTPException:
        raise
    except Exception:  # the last resort: logged with its trace, told as a sentence
        log.exception("request.failed", route=_route_name(request))
        return _refuse(request, DaobanError("server.error"), trace)


def _refuse(request: web.Request, error: DaobanError, trace: str) -> web.Response:
    page = request.app.get(ERROR_PAGE)
    if page is not None and request.method == "GET" and "text/html" in request.headers.get("Accept", ""):
        return page(request, error)
    return refusal(error, trace)


def _route_name(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "(unknown)"


async def add_security_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Signal handler ``on_response_prepare``."""
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith(
        "/static/"
    ):  # asked for again each time (304 mostly): an upgrade never meets old scripts
        response.headers.setdefault("Cache-Control", "no-cache")
