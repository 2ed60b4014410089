"""What reaches a port and is no request of HTTP: answered in Chinese, logged without a word of what stood in it."""

from __future__ import annotations

import secrets
from functools import lru_cache
from pathlib import Path

import structlog
import yaml
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_urldispatcher import AbstractRoute
from pydantic import BaseModel, ConfigDict

from backend.process.problem import problem_response

log = structlog.get_logger(__name__)
_FILE = Path(__file__).parent / "data" / "unreadable.yaml"
_EXPECTED = AbstractRoute.handle_expect_header
_LOGGED = RequestHandler.log_exception


class _Texts(BaseModel):
    """The sentences of the data file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unreadable: str
    expectation: str
    failed: str


def answer_unreadable_requests() -> None:
    """Have the library answer what it cannot read as we answer everything else.

    No middleware sees these, and aiohttp 3.14 offers no setting: its own answer is English and its log line holds the address as it
    came, which may hold a number. Set for the whole process.
    """
    RequestHandler.handle_error = _answer  # type: ignore[assignment, method-assign]  # no other way in
    RequestHandler.log_exception = _logged  # type: ignore[assignment, method-assign]  # as above
    AbstractRoute.handle_expect_header = _expected  # type: ignore[assignment, method-assign]  # it comes before every middleware


def _answer(
    _handler: RequestHandler,
    request: web.BaseRequest,
    status: int = 500,
    exc: BaseException | None = None,
    message: str | None = None,  # noqa: ARG001  # the library's English
) -> web.StreamResponse:
    trace = secrets.token_hex(6)
    tell = log.error if status >= 500 else log.info
    tell(
        "request.unreadable",
        status=status,
        error=type(exc).__name__,
        trace=trace,
        exc_info=exc if status >= 500 else None,
    )
    if request.writer.output_size > 0:
        raise ConnectionError("an answer is under way, another cannot follow")
    detail = _texts().failed if status >= 500 else _texts().unreadable
    answer = _problem(status, detail, trace)
    answer.force_close()
    return answer


def _problem(status: int, detail: str, trace: str) -> web.Response:
    return problem_response(status, "request.unreadable", detail, trace)


async def _expected(route: AbstractRoute, request: web.Request) -> web.StreamResponse | None:
    """What somebody expects before they send a body: to hear that they may; nothing else is known (RFC 9110, 10.1.1)."""
    try:
        return await _EXPECTED(route, request)
    except web.HTTPExpectationFailed as refused:
        trace = secrets.token_hex(6)
        log.info("request.expectation_unknown", status=refused.status, trace=trace)
        return _problem(refused.status, _texts().expectation, trace)


def _logged(handler: RequestHandler, *args: object, **details: object) -> None:
    """A body that cannot be unpacked, and that nobody reads any more, is whoever sent it's fault: no traceback."""
    error = details.get("exc_info")
    if isinstance(error, web.RequestPayloadError):
        log.info("request.body_unreadable", error=type(error.__cause__).__name__)
    else:
        _LOGGED(handler, *args, **details)


@lru_cache(maxsize=1)
def _texts() -> _Texts:
    return _Texts.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
