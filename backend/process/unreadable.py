"""What reaches a port and is no request of HTTP: answered in Chinese, logged without a word of what stood in it."""

from __future__ import annotations

import json
import secrets
from functools import lru_cache
from pathlib import Path

import structlog
import yaml
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from pydantic import BaseModel, ConfigDict

log = structlog.get_logger(__name__)
_FILE = Path(__file__).parent / "data" / "unreadable.yaml"


class _Texts(BaseModel):
    """How it is told: the parts of an RFC 9457 document."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    unreadable: str
    failed: str


def answer_unreadable_requests() -> None:
    """Have the library answer what it cannot read as we answer everything else.

    No middleware sees these, and aiohttp 3.14 offers no setting: its own answer is English and its log line holds the address as it
    came, which may hold a number. Set for the whole process.
    """
    RequestHandler.handle_error = _answer  # type: ignore[assignment, method-assign]  # no other way in


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
    document = {
        "type": "urn:daoban:problem:request.unreadable",
        "title": detail.split("，")[0],
        "status": status,
        "detail": detail,
        "trace": trace,
    }
    answer = web.Response(
        status=status,
        text=json.dumps(document, ensure_ascii=False),
        content_type="application/problem+json",
        headers={"Server": "daoban"},
    )
    answer.force_close()
    return answer


@lru_cache(maxsize=1)
def _texts() -> _Texts:
    return _Texts.model_validate(yaml.safe_load(_FILE.read_text("utf-8")))
