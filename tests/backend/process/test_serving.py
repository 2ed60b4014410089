"""Serving ends at once: TERM while sockets are open and requests under way."""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from pathlib import Path

import aiohttp
import pytest
from aiohttp import WSCloseCode, WSMsgType

from backend.process.serving import SHUTDOWN_SECONDS
from tests.conftest import Hall
from tests.ports import neighbours

ROOT = Path(__file__).parents[3]
PROGRAM = """
import sys
from aiohttp import web
from backend.process.serving import close_sockets_at_shutdown, open_socket, serve

async def listen(request):
    socket = web.WebSocketResponse()
    await socket.prepare(request)
    with open_socket(request, socket):
        async for _ in socket:
            pass
    return socket

app = web.Application()
app.router.add_get("/", listen)
close_sockets_at_shutdown(app)
serve(app, "127.0.0.1", int(sys.argv[1]))
"""


@pytest.mark.running
async def test_a_process_with_open_sockets_ends_at_once_when_it_is_told_to() -> None:
    """Each of them hears that we go away; nobody waits for the firm end of the supervisor."""
    port = neighbours(1)
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROGRAM, str(port), cwd=ROOT)
    async with aiohttp.ClientSession() as session:
        first = await connected(session, port)
        second = await connected(session, port)
        process.send_signal(signal.SIGTERM)
        began = time.monotonic()
        ended = await asyncio.gather(first.receive(), second.receive())
        status = await asyncio.wait_for(process.wait(), 60)
    assert status == 0
    assert time.monotonic() - began < SHUTDOWN_SECONDS + 2
    assert [(end.type, end.data) for end in ended] == [(WSMsgType.CLOSE, WSCloseCode.GOING_AWAY)] * 2


async def connected(session: aiohttp.ClientSession, port: int) -> aiohttp.ClientWebSocketResponse:
    """A socket, as soon as the process listens."""
    async with asyncio.timeout(60):
        while True:
            try:
                return await session.ws_connect(f"http://127.0.0.1:{port}/")
            except aiohttp.ClientError:
                await asyncio.sleep(0.05)


async def test_the_event_stream_is_one_of_the_sockets_that_are_closed(hall: Hall) -> None:
    """When the backend stops."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with (
        aiohttp.ClientSession(headers={"Authorization": f"Bearer {token}"}) as session,
        session.ws_connect(f"{hall.base}/events/stream") as socket,
    ):
        stopping = asyncio.create_task(hall.server.app.shutdown())
        assert (await socket.receive()).data == WSCloseCode.GOING_AWAY
        await stopping
