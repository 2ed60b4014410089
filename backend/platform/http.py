"""From a request to a service and back: who asks, may they, is the body right, one transaction, one answer.

A service declares its routes with ``Routes``; ``mount`` adds them to the app. Routes only translate: rules are in services.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

import structlog
from aiohttp import web
from pydantic import BaseModel
from sqlalchemy.ext.asyncio import AsyncSession

from backend.limiting.counting import LimitName
from backend.platform.bodies import MAX_BODY, is_text, read_json, read_query, refuse_personal_numbers, takes_secret
from backend.platform.clock import Clock
from backend.platform.database import Database
from backend.platform.errors import DaobanError, InvalidError, NotAllowedError, NotFoundError
from backend.platform.idempotency import IdempotencyKey, request_digest, stored_answer
from backend.platform.identity import AUTHENTICATORS, FREE_OF_PASSWORD_CHANGE, NOBODY, WHO, Principal
from backend.platform.public_address import is_own_origin
from backend.platform.rate_limits import LIMITER
from backend.process.incoming import BodyUnreadableError, read_body
from backend.process.problem import MEDIA_TYPE

log = structlog.get_logger(__name__)

DATABASE = web.AppKey("database", Database)
CLOCK = web.AppKey("clock", Clock)
ROUTES: web.AppKey[list[Route]] = web.AppKey("routes", list)

_SAFE = {"GET", "HEAD"}
SIGN_IN_PAGE = "/login"
NEW_PASSWORD_PAGE = "/password"  # noqa: S105  # an address

Service = TypeVar("Service")


@dataclass(slots=True)
class Call:
    """One request being served, inside one transaction (unless the route opens its own: then ``session`` is closed)."""

    request: web.Request
    session: AsyncSession
    who: Principal
    body: Any = None
    """An instance of the route's body shape."""
    query: Any = None
    """An instance of the route's query shape."""

    def path(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]

    def service(self, key: web.AppKey[Service]) -> Service:
        """A service of the app."""
        return self.request.app[key]


Handler = Callable[[Call], Awaitable[BaseModel | web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Route:
    """One operation of the API, complete enough to document it."""

    method: Literal["GET", "POST", "PATCH", "PUT", "DELETE"]
    path: str
    handler: Handler
    permission: str
    summary: str
    tag: str
    body: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    returns: type[BaseModel] | None = None
    status: int = 200
    writes: bool = False
    socket: bool = False
    page: bool = False
    """Read by people: whoever has to sign in first, or to change a first password, is led there."""
    longest_body: int = MAX_BODY
    """Bytes; more than the usual only where a whole file comes in."""
    limit: LimitName | None = None
    """A limit of its own, besides those of address and session: by the conversation in the path, else by address.

    What takes a password or code and names none is limited like signing in.
    """
    secret: bool = False
    """The answer holds something that is told once: it is never stored for repeating, nor cached anywhere."""
    own_transactions: bool = False
    """The handler opens its transactions itself: what takes long is done outside of them, and a refusal can be kept."""

    @property
    def limited_by(self) -> LimitName | None:
        """The limit that counts."""
        return self.limit or ("sign_in" if takes_secret(self.body) else None)


@dataclass(slots=True)
class Routes:
    """The routes of one service."""

    tag: str
    all: list[Route] = field(default_factory=list)

    def get(self, path: str, **about: Any) -> Callable[[Handler], Handler]:
        """A reading operation (``writes=True`` where the reading itself is recorded)."""
        return self._add("GET", path, **{"writes": False, **about})

    def page(self, path: str, **about: Any) -> Callable[[Handler], Handler]:
        """A page for people. Who may not see it because nobody is signed in is led to the sign-in page."""
        return self._add("GET", path, **{"writes": False, "page": True, **about})

    def post(self, path: str, **about: Any) -> Callable[[Handler], Handler]:
        """A changing operation (``writes=False`` for one that only computes)."""
        return self._add("POST", path, **{"writes": True, **about})

    def patch(self, path: str, **about: Any) -> Callable[[Handler], Handler]:
        """An operation that changes a part."""
        return self._add("PATCH", path, writes=True, **about)

    def delete(self, path: str, **about: Any) -> Callable[[Handler], Handler]:
        """An operation that ends something."""
        return self._add("DELETE", path, writes=True, **about)

    def _add(self, method: Any, path: str, **about: Any) -> Callable[[Handler], Handler]:
        def declare(handler: Handler) -> Handler:
            self.all.append(Route(method=method, path=path, handler=handler, tag=self.tag, **about))
            return handler

        return declare


def mount(app: web.Application, services: Iterable[Routes]) -> None:
    """Add the services' routes to the app."""
    for service in services:
        for route in service.all:
            app[ROUTES].append(route)
            serve = _serve(route)
            app.router.add_route(route.method, route.path, serve)
            if route.method == "GET" and not route.socket:
                app.router.add_route("HEAD", route.path, serve)
            if route.page and route.path != "/":
                app.router.add_get(f"{route.path}/", _without_slash)


async def _without_slash(request: web.Request) -> web.StreamResponse:
    """A page's address as somebody typed it, with a slash at its end."""
    query = request.rel_url.raw_query_string
    raise web.HTTPPermanentRedirect(request.rel_url.raw_path.rstrip("/") + (f"?{query}" if query else ""))


def _serve(route: Route) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def serve(request: web.Request) -> web.StreamResponse:
        database = request.app[DATABASE]
        if not all(
            is_text(part) and "\0" not in part for part in (*request.match_info.values(), *request.query.values())
        ):
            raise NotFoundError("route.unknown")
        if route.socket:
            return await _streamed(route, request)
        if route.longest_body != MAX_BODY:
            request = request.clone(client_max_size=route.longest_body)
        raw = b"" if request.method in _SAFE else await _body(request)
        opened = database.write() if route.writes and not route.own_transactions else database.read()
        async with opened as session:
            call = await _admitted(route, request, session, raw)
            if not route.own_transactions:
                return await _answered(route, call, raw)
        return _response(route, await route.handler(call))

    return serve


async def _body(request: web.Request) -> bytes:
    try:
        return await read_body(request)
    except BodyUnreadableError as error:
        raise InvalidError("body.unreadable") from error


async def _admitted(route: Route, request: web.Request, session: AsyncSession, raw: bytes) -> Call:
    """The call, once it is known who asks, that they may, not too often, and that what they sent can be read."""
    who = await identify(session, request)
    if route.page:
        _lead_to_sign_in(who, route.permission)
    who.require(route.permission)
    await request.app[LIMITER].check_request(request, who, route.limited_by)
    body = None if route.body is None else read_json(route.body, raw)
    if body is not None and route.writes:
        refuse_personal_numbers(body)
    query = None if route.query is None else read_query(route.query, request.query)
    return Call(request, session, who, body=body, query=query)


async def identify(session: AsyncSession, request: web.Request) -> Principal:
    """Who asks, by the first credential that is recognised."""
    for authenticate in request.app[AUTHENTICATORS]:
        who = await authenticate(session, request)
        if who is not None:
            request[WHO] = who
            if who.kind in {"citizen", "staff"} and request.method not in _SAFE:
                require_own_origin(request)
            return who
    return NOBODY


def _lead_to_sign_in(who: Principal, permission: str) -> None:
    """Raise a redirection where signing in, or a password of one's own, is what is missing."""
    if who.kind == "staff":
        if who.must_change_password and permission not in FREE_OF_PASSWORD_CHANGE:
            raise web.HTTPSeeOther(NEW_PASSWORD_PAGE)
    elif not who.may(permission):
        raise web.HTTPSeeOther(SIGN_IN_PAGE)


def require_own_origin(request: web.Request) -> None:
    """Refuse a cookie-carrying change or socket that another site's page started."""
    if not is_own_origin(request, request.headers.get("Origin", "")):
        raise NotAllowedError("identity.origin")


async def _streamed(route: Route, request: web.Request) -> web.StreamResponse:
    """A socket lives long: its call's session is closed; the handler opens its own when it needs one."""
    async with request.app[DATABASE].read() as session:
        who = await identify(session, request)
        who.require(route.permission)
    answer = await route.handler(Call(request, session, who))
    if not isinstance(answer, web.StreamResponse):
        raise TypeError(route.path)
    return answer


async def _answered(route: Route, call: Call, raw: bytes) -> web.StreamResponse:
    repeats = route.writes and route.method not in _SAFE and not route.secret
    key = call.request.headers.get("Idempotency-Key") if repeats else None
    if key is None:
        return _response(route, await route.handler(call))
    caller = f"{call.who.kind}:{call.who.id}:{call.who.conversation or ''}"[:120]
    digest = request_digest(call.request.method, call.request.path, raw)
    stored = await stored_answer(call.session, caller, key[:200], digest)
    if stored is not None:
        return web.Response(text=stored.answer, status=stored.status, content_type="application/json")
    response = _response(route, await route.handler(call))
    call.session.add(
        IdempotencyKey(
            caller=caller,
            key=key[:200],
            request=digest,
            status=response.status,
            answer=response.text if isinstance(response, web.Response) and response.text else "",
            at=call.request.app[CLOCK].now(),
        )
    )
    return response


def _response(route: Route, answer: BaseModel | web.StreamResponse) -> web.StreamResponse:
    if isinstance(answer, web.StreamResponse):
        return answer
    return web.Response(
        text=answer.model_dump_json(by_alias=True),
        status=route.status,
        content_type="application/json",
        headers={"Cache-Control": "no-store"} if route.secret else None,
    )


def refusal(error: DaobanError, trace: str) -> web.Response:
    """An RFC 9457 answer."""
    headers = {} if error.retry_after is None else {"Retry-After": str(error.retry_after)}
    return web.Response(
        headers=headers,
        text=json.dumps(error.as_problem(trace), ensure_ascii=False),
        status=error.text.status,
        content_type=MEDIA_TYPE,
    )
