"""A browser's socket: history from where it stopped, then every new message; what it says is stored before it is echoed."""

from __future__ import annotations

import asyncio
import re
from contextlib import suppress
from urllib.parse import urlsplit

import structlog
from aiohttp import WSCloseCode, WSMsgType, web
from pydantic import ValidationError

from backend.client import BackendProblem, BackendUnavailable
from connectors.conversation import RETRY_SECONDS, Conversations, Listener
from connectors.web_chat import frames

log = structlog.get_logger(__name__)

CONVERSATIONS = web.AppKey("conversations", Conversations)
ALLOWED_HOSTS: web.AppKey[frozenset[str]] = web.AppKey("allowed_hosts", frozenset)
LONGEST_FRAME = 64 * 1024
_SEQ = re.compile(r"[0-9]{1,9}", re.ASCII)


async def chat(request: web.Request) -> web.StreamResponse:
    """``/chat?ticket=…&after=SEQ``. 403 without a fresh ticket or from a foreign page, 503 while the backend is away."""
    conversations = request.app[CONVERSATIONS]
    if not _own_page(request):
        raise web.HTTPForbidden(text="foreign origin")
    try:
        redeemed = await conversations.backend.redeem_ticket(request.query.get("ticket", ""))
    except BackendProblem as problem:
        raise web.HTTPForbidden(text=problem.problem.detail) from problem
    except BackendUnavailable as away:
        raise web.HTTPServiceUnavailable from away
    after = request.query.get("after", "0")
    if not _SEQ.fullmatch(after):
        raise web.HTTPBadRequest(text="after")
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=LONGEST_FRAME)
    await socket.prepare(request)
    conversation = redeemed.conversation.id
    with conversations.listening(conversation) as listener:
        pump = asyncio.create_task(_deliver(socket, conversations, conversation, listener, int(after)))
        try:
            await _receive(socket, conversations, conversation)
        finally:
            pump.cancel()
            with suppress(asyncio.CancelledError, ConnectionError):
                await pump
    return socket


async def _receive(socket: web.WebSocketResponse, conversations: Conversations, conversation: str) -> None:
    async for frame in socket:
        if frame.type is not WSMsgType.TEXT:
            continue
        try:
            said = frames.FromBrowser.validate_json(frame.data)
            await conversations.receive(conversation, said.as_message())
        except ValidationError:
            log.info("frame.unreadable", conversation=conversation)
            await socket.close(code=WSCloseCode.UNSUPPORTED_DATA)
        except BackendProblem as refusal:
            await socket.send_json(frames.refused(said.message_id, refusal.problem.detail, refusal.problem.field))
        except BackendUnavailable:  # not stored: the browser keeps it and sends it again after reconnecting
            await socket.close(code=WSCloseCode.TRY_AGAIN_LATER)


async def _deliver(
    socket: web.WebSocketResponse, conversations: Conversations, conversation: str, listener: Listener, after: int
) -> None:
    ready = conversations.assistant_ready
    typing = False
    await socket.send_json(frames.hello(conversation, ready=ready))
    while True:
        listener.changed.clear()
        try:
            found = await conversations.backend.messages(conversation, after)
        except (BackendUnavailable, BackendProblem):
            await asyncio.sleep(RETRY_SECONDS)
            listener.changed.set()
            continue
        for message in found.messages:
            await socket.send_json(frames.message(message))
            after = message.seq
        if conversations.assistant_ready != ready:
            ready = conversations.assistant_ready
            await socket.send_json(frames.assistant_state(ready=ready))
        if listener.typing != typing:
            typing = listener.typing
            await socket.send_json(frames.typing(on=typing))
        await listener.changed.wait()


def _own_page(request: web.Request) -> bool:
    """The page that opens the socket is on the same host (its port differs) or on a configured one."""
    page = urlsplit(request.headers.get("Origin", "")).hostname
    own = urlsplit(f"//{request.host}").hostname
    return page is not None and (page == own or page in request.app[ALLOWED_HOSTS])
