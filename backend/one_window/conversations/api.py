"""HTTP of conversations and of socket tickets."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web

from backend.contracts.conversations import (
    AfterQuery,
    Conversation,
    Message,
    MessageList,
    NewConversation,
    NewMessage,
    NewReply,
    RedeemedTicket,
    RedeemTicket,
    SocketTicket,
)
from backend.contracts.facts import KnownFacts
from backend.contracts.turns import ClaimedTurn, ReleasedTurn, TurnClaim
from backend.one_window.conversations.known_facts import known_facts
from backend.one_window.conversations.service import CONVERSATIONS
from backend.one_window.conversations.visitors import COOKIE, COOKIE_LENGTH, VISITORS
from backend.platform.cookies import give_cookie
from backend.platform.errors import NotAllowedError
from backend.platform.http import Call, Routes, require_own_origin
from backend.platform.public_address import own_address
from backend.platform.rate_limits import LIMITER, network_of

routes = Routes("conversations")
SOCKET_BASE: web.AppKey[str | None] = web.AppKey("socket_base", str)
SOCKET_PORT = web.AppKey("socket_port", int)


@routes.post(
    "/conversations",
    permission="conversations:open",
    body=NewConversation,
    returns=Conversation,
    status=201,
    summary="开始对话",
)
async def open_conversation(call: Call) -> Conversation:
    """Open a conversation."""
    return await call.service(CONVERSATIONS).open(call.session, call.body.channel, call.who)


@routes.get(
    "/conversations/{id}/messages",
    permission="conversations:read",
    query=AfterQuery,
    returns=MessageList,
    summary="对话记录",
)
async def messages(call: Call) -> MessageList:
    """Messages after a sequence number; a citizen sees only their own conversation."""
    return await call.service(CONVERSATIONS).messages(call.session, _readable(call), call.query.after)


@routes.get("/conversations/{id}/facts", permission="conversations:read", returns=KnownFacts, summary="说过的情况")
async def facts(call: Call) -> KnownFacts:
    """What was told of whom; a citizen sees only their own conversation."""
    conversation = _readable(call)
    await call.service(CONVERSATIONS).conversation(call.session, conversation)
    return KnownFacts(facts=await known_facts(call.session, conversation))


@routes.post(
    "/conversations/{id}/messages",
    permission="conversations:write",
    body=NewMessage,
    returns=Message,
    status=201,
    limit="message",
    summary="群众说的一句话",
)
async def add_message(call: Call) -> Message:
    """Store a citizen's message."""
    return await call.service(CONVERSATIONS).add_message(call.session, call.path("id"), call.body, call.who)


@routes.post(
    "/conversations/turns/claim",
    permission="conversations:write",
    body=TurnClaim,
    returns=ClaimedTurn,
    summary="领取一条待回答的话",
)
async def claim_turn(call: Call) -> ClaimedTurn:
    """Lease the next unanswered message."""
    return await call.service(CONVERSATIONS).claim_turn(call.session, call.body)


@routes.post(
    "/conversations/{id}/turns/release",
    permission="conversations:write",
    body=ReleasedTurn,
    summary="退回待回答的话",
    status=204,
)
async def release_turn(call: Call) -> web.Response:
    """Give a lease back unanswered."""
    await call.service(CONVERSATIONS).release_turn(call.session, call.path("id"), call.body.message_id)
    return web.Response(status=204)


@routes.post(
    "/conversations/{id}/replies",
    permission="conversations:write",
    body=NewReply,
    returns=MessageList,
    status=201,
    summary="助手的回复",
)
async def add_reply(call: Call) -> MessageList:
    """Store the assistant's reply."""
    return await call.service(CONVERSATIONS).add_reply(call.session, call.path("id"), call.body, call.who)


@routes.post(
    "/socket-tickets", permission="sockets:open", returns=SocketTicket, status=201, summary="打开实时连接的凭证"
)
async def issue_ticket(call: Call) -> web.Response:
    """A single-use ticket; a browser seen for the first time gets its conversation and cookie."""
    require_own_origin(call.request)
    visitors = call.service(VISITORS)
    visitor = await visitors.authenticate(call.session, call.request)  # also in the browser of a signed-in clerk
    conversation, cookie = (None if visitor is None else visitor.conversation), None
    if conversation is None:
        limiter = call.request.app[LIMITER]
        await limiter.check("new_conversation", network_of(limiter.address(call.request)))
        opened, cookie = await visitors.open(call.session)
        conversation = opened.id
    ticket = await visitors.issue_ticket(call.session, conversation)
    shape = SocketTicket(ticket=ticket, url=f"{socket_base(call.request)}/chat", conversation=conversation)
    response = web.Response(text=shape.model_dump_json(), status=201, content_type="application/json")
    if cookie is not None:
        give_cookie(call.request, response, COOKIE, cookie, length=COOKIE_LENGTH, samesite="Lax")
    return response


@routes.post(
    "/socket-tickets/redeem",
    permission="sockets:redeem",
    body=RedeemTicket,
    returns=RedeemedTicket,
    summary="兑换实时连接的凭证",
)
async def redeem_ticket(call: Call) -> RedeemedTicket:
    """Whom the socket belongs to; a ticket works once."""
    return RedeemedTicket(conversation=await call.service(VISITORS).redeem(call.session, call.body.ticket))


def socket_base(request: web.Request) -> str:
    """Where browsers open sockets: as configured, or the connectors' port of the host the page came from."""
    configured = request.app[SOCKET_BASE]
    if configured:
        return configured.rstrip("/")
    own = urlsplit(own_address(request))
    host = own.netloc.rpartition(":")[0] if own.port is not None else own.netloc
    return f"{'wss' if own.scheme == 'https' else 'ws'}://{host}:{request.app[SOCKET_PORT]}"


def _readable(call: Call) -> str:
    """The conversation that is asked for; a citizen reads only their own. Raises NotAllowedError."""
    conversation = call.path("id")
    if call.who.kind == "citizen" and call.who.conversation != conversation:
        raise NotAllowedError("conversation.forbidden")
    return conversation
