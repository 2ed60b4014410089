"""Serving HTTP until TERM or Ctrl-C: sockets that stay open are closed then, so that a stop takes a moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import WSCloseCode, web

from backend.process.unreadable import answer_unreadable_requests

SHUTDOWN_SECONDS = 3.0
"""How long requests under way may take to end; the supervisor kills after ten seconds."""
OPEN_SOCKETS: web.AppKey[set[web.WebSocketResponse]] = web.AppKey("open_sockets", set)


def close_sockets_at_shutdown(app: web.Application) -> None:
    """Let the app close its sockets when it stops; the other side comes back to whoever is then there."""
    app[OPEN_SOCKETS] = set()
    app.on_shutdown.append(_close_sockets)


@contextmanager
def open_socket(request: web.Request, socket: web.WebSocketResponse) -> Iterator[None]:
    """While the block runs, the socket is one of those that are closed at the end."""
    request.app[OPEN_SOCKETS].add(socket)
    try:
        yield
    finally:
        request.app[OPEN_SOCKETS].discard(socket)


def serve(app: web.Application, host: str, port: int) -> None:
    """Serve until TERM or Ctrl-C."""
    answer_unreadable_requests()
    web.run_app(app, host=host, port=port, print=None, access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)


async def _close_sockets(app: web.Application) -> None:
    closing = [socket.close(code=WSCloseCode.GOING_AWAY) for socket in app[OPEN_SOCKETS]]
    try:
        async with asyncio.timeout(SHUTDOWN_SECONDS):
            await asyncio.gather(*closing, return_exceptions=True)
    except TimeoutError:  # who does not answer is cut off
        return
