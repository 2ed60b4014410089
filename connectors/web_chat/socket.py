"""A browser's socket: history from where it stopped, then every new message; what it says is stored before it is echoed.

Its microphone's sound comes in over the same socket, and replies read aloud go out over it (speech_input.py, speech_output.py).
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import structlog
from aiohttp import WSCloseCode, WSMsgType, web
from pydantic import ValidationError

from backend.client import BackendProblem, BackendUnavailable
from backend.client.conversations import ConversationsClient
from backend.contracts.choices import UnknownChoice
from backend.contracts.conversations import Message
from backend.limiting.counting import RateLimiter
from backend.process.serving import open_socket
from connectors.conversation import RETRY_INTERVAL_SECONDS, Conversations, Listener
from connectors.speech.holder import SpeechHolder
from connectors.web_chat import frames
from connectors.web_chat.speech_input import SpeechInput
from connectors.web_chat.speech_output import SpeechOutput
from connectors.web_chat.voice import expected_after, offer, too_unsure_to_send, voice_data

log = structlog.get_logger(__name__)

CONVERSATIONS = web.AppKey("conversations", Conversations)
ALLOWED_HOSTS: web.AppKey[frozenset[str]] = web.AppKey("allowed_hosts", frozenset)
SCHEMES: web.AppKey[frozenset[str]] = web.AppKey("schemes", frozenset)
"""How the pages that may open sockets came to the browser."""
SPEECH = web.AppKey("speech", SpeechHolder)
VOICE_LIMITS = web.AppKey("voice_limits", RateLimiter)
MAX_FRAME_BYTES = 64 * 1024
_SEQ = re.compile(r"[0-9]{1,9}", re.ASCII)


@dataclass(slots=True)
class _Line:
    """One browser's socket and what hangs on it."""

    socket: web.WebSocketResponse
    send: frames.Send
    conversations: Conversations
    conversation: str
    holder: SpeechHolder
    speech_input: SpeechInput
    speech_output: SpeechOutput


async def chat(request: web.Request) -> web.StreamResponse:
    """``/chat?ticket=…&after=SEQ``. 403 without a fresh ticket or from a foreign page, 503 while the backend is away."""
    conversations = request.app[CONVERSATIONS]
    if not _own_page(request):
        raise web.HTTPForbidden
    after = request.query.get("after", "0")
    if not _SEQ.fullmatch(after):
        raise web.HTTPBadRequest
    try:
        redeemed = await conversations.backend.part(ConversationsClient).redeem_ticket(request.query.get("ticket", ""))
    except BackendProblem as problem:
        raise web.HTTPForbidden(text=problem.problem.detail) from problem
    except ValidationError as senseless:  # no ticket of ours looks so
        raise web.HTTPForbidden from senseless
    except BackendUnavailable as away:
        raise web.HTTPServiceUnavailable from away
    socket = web.WebSocketResponse(heartbeat=25, max_msg_size=MAX_FRAME_BYTES)
    await socket.prepare(request)
    conversation = redeemed.conversation.id
    with open_socket(request, socket), conversations.listening(conversation) as listener:
        async with _line(request, socket, conversation) as line:
            pump = asyncio.create_task(_deliver(line, listener, int(after)))
            try:
                await _receive(line)
            finally:
                pump.cancel()
                with suppress(asyncio.CancelledError, ConnectionError):
                    await pump
    return socket


@asynccontextmanager
async def _line(request: web.Request, socket: web.WebSocketResponse, conversation: str) -> AsyncIterator[_Line]:
    """The socket's speech input and output; whatever they do ends with it."""
    conversations, holder, limits = request.app[CONVERSATIONS], request.app[SPEECH], request.app[VOICE_LIMITS]

    async def send(frame: frames.ToBrowser) -> None:
        await socket.send_str(frame.model_dump_json())

    speech_input = SpeechInput(lambda: holder.speech, send, conversation, limits)
    speech_output = SpeechOutput(
        lambda: holder.speech, send, socket.send_bytes, conversations.backend, conversation, limits
    )
    try:
        yield _Line(socket, send, conversations, conversation, holder, speech_input, speech_output)
    finally:
        await speech_input.close()
        await speech_output.close()


async def _receive(line: _Line) -> None:
    async for frame in line.socket:
        if frame.type is WSMsgType.BINARY:
            await line.speech_input.feed(frame.data)
        if frame.type is not WSMsgType.TEXT:
            continue
        try:
            await _take(line, frames.FromBrowser.validate_json(frame.data))
        except ValidationError:
            log.info("frame.unreadable", conversation=line.conversation)
            await line.socket.close(code=WSCloseCode.UNSUPPORTED_DATA)
        except BackendUnavailable:  # not stored: the browser keeps it and sends it again after reconnecting
            await line.socket.close(code=WSCloseCode.TRY_AGAIN_LATER)


async def _take(line: _Line, frame: frames.AnyFrame) -> None:
    match frame:
        case frames.StartRecording():
            await line.speech_output.close()  # the microphone would hear it
            await line.speech_input.start(frame.id)
        case frames.EndRecording(type="stop_recording"):
            line.speech_input.finish(frame.id)
        case frames.EndRecording():
            await line.speech_input.cancel(frame.id)
        case frames.ReadAloud():
            await line.speech_output.read(frame)
        case frames.StopReading():
            await line.speech_output.close()
        case frames.Say() | frames.PressChoice():
            await line.speech_output.close()
            await _store(line, frame)


async def _store(line: _Line, said: frames.Say | frames.PressChoice) -> None:
    if isinstance(said, frames.Say) and said.recognised and too_unsure_to_send(said.text, said.recognised.confidence):
        await _refuse(line, said, voice_data().sentences["unsure_number"], "text")
        return
    try:
        await line.conversations.receive(line.conversation, said.as_message())
    except UnknownChoice:
        await _refuse(line, said, voice_data().sentences["unknown_choice"], "choice")
    except BackendProblem as refusal:
        await _refuse(line, said, refusal.problem.detail, refusal.problem.field)


async def _refuse(line: _Line, said: frames.Say | frames.PressChoice, detail: str, field: str | None) -> None:
    await line.send(frames.Refused(message_id=said.message_id, detail=detail, field=field))


async def _deliver(line: _Line, listener: Listener, after: int) -> None:
    send, conversations = line.send, line.conversations
    ready, loading = conversations.assistant_ready, line.holder.loading
    typing = False
    greeted = False
    while True:
        listener.changed.clear()
        fresh = listener.following(after)
        if fresh is None:
            listener.unsure = False
            try:
                fresh = (
                    await conversations.backend.part(ConversationsClient).messages(line.conversation, after)
                ).messages
            except (BackendUnavailable, BackendProblem):
                listener.unsure = True
                await asyncio.sleep(RETRY_INTERVAL_SECONDS)
                listener.changed.set()
                continue
        if not greeted:
            last = fresh[-1].seq if fresh else after
            state = frames.assistant_state(ready=ready)
            await send(frames.Hello(conversation=line.conversation, last=last, assistant=state))
            await send(offer(line.holder.speech))
            greeted = True
        for message in fresh:
            _await_next(line.speech_input, message)
            await send(frames.MessageFrame.of(message))
            after = message.seq
        if conversations.assistant_ready != ready:
            ready = conversations.assistant_ready
            await send(frames.AssistantChanged(state=frames.assistant_state(ready=ready)))
        if line.holder.loading != loading:
            loading = line.holder.loading
            await send(offer(line.holder.speech))
        if listener.typing != typing:
            typing = listener.typing
            await send(frames.Typing(on=typing))
        await listener.changed.wait()


def _await_next(speech_input: SpeechInput, message: Message) -> None:
    """What was said last sets what is listened for; news of the hall leaves a question open."""
    if message.sender in ("assistant", "staff"):
        speech_input.expected = expected_after(message)


def _own_page(request: web.Request) -> bool:
    """The page that opens the socket is on the same host (its port differs) or on a configured one."""
    try:
        origin = urlsplit(request.headers.get("Origin", ""))
        page, own = origin.hostname, urlsplit(f"//{request.host}").hostname
    except ValueError:
        return False
    if origin.scheme not in request.app[SCHEMES]:
        return False
    return page is not None and (page == own or page in request.app[ALLOWED_HOSTS])
