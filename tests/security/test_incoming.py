"""Headers and bodies that are none: at every port a refusal in Chinese, never a failure of ours and no traceback."""

from __future__ import annotations

import asyncio
import gzip
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import yaml
from aiohttp.test_utils import TestServer
from aiohttp.web_protocol import RequestHandler
from aiohttp.web_urldispatcher import AbstractRoute
from structlog.testing import capture_logs

from assistant.server import create_app as assistant_app
from assistant.settings import Settings as AssistantSettings
from backend.platform.permissions import Role
from backend.process.unreadable import answer_unreadable_requests
from connectors.app import create_app as connectors_app
from connectors.settings import Settings as ConnectorsSettings
from tests.conftest import Hall

PORTS = ("backend", "assistant", "connectors")
BYTES = b"\xff\xfe\xe4\xbd"
"""No UTF-8."""


@pytest.fixture(autouse=True)
def told_by_us(monkeypatch: pytest.MonkeyPatch) -> None:
    """As every process of ours serves."""
    for owner, name in (
        (RequestHandler, "handle_error"),
        (RequestHandler, "log_exception"),
        (AbstractRoute, "handle_expect_header"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    answer_unreadable_requests()


@asynccontextmanager
async def port_of(process: str, hall: Hall) -> AsyncIterator[int]:
    """The port of one of the three processes."""
    if process == "backend":
        assert hall.server.port is not None
        yield hall.server.port
        return
    token = (hall.settings.secrets / "operations.token").read_text()
    if process == "assistant":
        app = assistant_app(AssistantSettings(data=hall.settings.data, backend_url=hall.base))
        app.cleanup_ctx.clear()  # no model: what is asked here is answered before it
    else:
        app = connectors_app(ConnectorsSettings(backend_url=hall.base, token=token, operations_token=token))
    server = TestServer(app)
    await server.start_server()
    assert server.port is not None
    try:
        yield server.port
    finally:
        await server.close()


async def answered(port: int, request: str, *headers: bytes, body: bytes = b"") -> tuple[int, str, bytes]:
    """Status, head and body of an answer to bytes as they stand here."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = [f"{request} HTTP/1.1".encode(), f"Host: 127.0.0.1:{port}".encode(), b"Connection: close", *headers]
    if body and not any(line.lower().startswith(b"content-length") for line in headers):
        lines.append(b"Content-Length: %d" % len(body))
    writer.write(b"\r\n".join(lines) + b"\r\n\r\n" + body)
    head, _, rest = (await asyncio.wait_for(reader.read(), 20)).partition(b"\r\n\r\n")
    writer.close()
    return int(head.split()[1]), head.decode(), rest


def chinese(body: bytes) -> dict[str, str]:
    """A problem whose title and sentence are Chinese."""
    problem: dict[str, str] = json.loads(body)
    assert all("\u4e00" <= problem[part][0] <= "\u9fff" or problem[part][0] == "「" for part in ("title", "detail"))
    return problem


# --- headers


@pytest.mark.parametrize("process", PORTS)
async def test_a_token_that_is_no_text_opens_nothing(hall: Hall, process: str) -> None:
    """401, told in Chinese."""
    async with port_of(process, hall) as port:
        status, head, body = await answered(port, "GET /metrics", b"Authorization: Bearer " + BYTES)
        assert (status, "application/problem+json" in head) == (401, True)
        assert chinese(body)["type"] == "urn:daoban:problem:identity.required"


@pytest.mark.parametrize("process", PORTS)
@pytest.mark.parametrize("name", ["Cookie", "User-Agent", "Accept", "Origin", "X-Forwarded-For", "If-None-Match", "X"])
async def test_no_header_that_is_no_text_is_a_failure(hall: Hall, process: str, name: str) -> None:
    """Health is answered all the same."""
    async with port_of(process, hall) as port:
        assert (await answered(port, "GET /health", name.encode() + b": " + BYTES))[0] == 200


@pytest.mark.parametrize("page", ["/login", "/", "/staff/me", "/cases"])
@pytest.mark.parametrize("name", ["daoban_staff", "daoban_visitor"])
async def test_a_cookie_that_is_no_text_is_nobody_s(hall: Hall, page: str, name: str) -> None:
    """As without: not signed in."""
    async with port_of("backend", hall) as port:
        without, _, _ = await answered(port, f"GET {page}")
        assert (await answered(port, f"GET {page}", f"Cookie: {name}=".encode() + BYTES))[0] == without < 500


async def test_a_browser_without_a_readable_name_signs_in(hall: Hall) -> None:
    """What it calls itself is kept with the session; a key for repeating is kept, too."""
    async with hall.staff(Role.COUNTER_CLERK) as clerk, port_of("backend", hall) as port:
        status, _, _ = await answered(
            port,
            "POST /staff/session",
            f"Origin: {hall.base}".encode(),
            b"User-Agent: " + BYTES,
            b"Idempotency-Key: " + BYTES,
            body=json.dumps(clerk.credentials).encode(),
        )
    assert status == 200


# --- bodies


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize(
    ("process", "request_line"),
    [("backend", "POST /staff/session"), ("backend", "GET /health"), ("assistant", "POST /conversations/x/turns"),
     ("connectors", "POST /health")],
)  # fmt: skip
async def test_a_body_packed_otherwise_than_it_says_is_refused(
    hall: Hall, process: str, request_line: str, coding: str, caplog: pytest.LogCaptureFixture
) -> None:
    """No traceback, neither ours nor the library's, whether somebody reads it or not."""
    token = (hall.settings.secrets / "operations.token").read_bytes()
    with capture_logs() as lines:
        async with port_of(process, hall) as port:
            status, _, body = await answered(
                port,
                request_line,
                f"Content-Encoding: {coding}".encode(),
                f"Origin: http://127.0.0.1:{port}".encode(),
                b"Authorization: Bearer " + (token if process == "assistant" else b"x"),
                body=b"abcde",
            )
    assert status in ({200, 400} if request_line.startswith("GET") else {400, 405, 503})
    if status != 200:
        chinese(body)
    assert not [line for line in lines if line["log_level"] == "error"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
async def test_signing_in_with_an_unpackable_body_names_what_is_wrong(hall: Hall, coding: str) -> None:
    """400, what was sent cannot be read."""
    async with port_of("backend", hall) as port:
        status, _, body = await answered(
            port, "POST /staff/session", f"Content-Encoding: {coding}".encode(), body=b"abcde"
        )
    assert (status, chinese(body)["type"]) == (400, "urn:daoban:problem:body.unreadable")


async def test_a_body_packed_rightly_is_read(hall: Hall) -> None:
    """As before."""
    async with hall.staff(Role.COUNTER_CLERK) as clerk, port_of("backend", hall) as port:
        packed = gzip.compress(json.dumps(clerk.credentials).encode())
        origin = f"Origin: {hall.base}".encode()
        assert (await answered(port, "POST /staff/session", origin, b"Content-Encoding: gzip", body=packed))[0] == 200


@pytest.mark.parametrize("framing", [b"Content-Length: 50", b"Transfer-Encoding: chunked"])
async def test_who_leaves_before_the_end_is_no_fault_of_ours(
    hall: Hall, framing: bytes, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A line of information, and no 5xx is counted."""
    assert hall.server.runner is not None
    assert hall.server.runner.server is not None
    # As in the product: the library's server for tests ends a handler when its client is gone.
    monkeypatch.setattr(hall.server.runner.server, "handler_cancellation", False)
    assert hall.server.port is not None
    with capture_logs() as lines:
        _, writer = await asyncio.open_connection("127.0.0.1", hall.server.port)
        writer.write(b"POST /staff/session HTTP/1.1\r\nHost: a\r\n" + framing + b"\r\n\r\n5\r\nabcde\r\n")
        await writer.drain()
        writer.close()
        await writer.wait_closed()
        async with asyncio.timeout(20):
            while not (served := [line for line in lines if line.get("route") == "/staff/session"]):
                async with hall.browser() as browser:
                    await browser.get("/health")  # meanwhile others are served
    assert [(line["event"], line["status"], line["log_level"]) for line in served] == [("request.served", 400, "info")]
    assert not [line for line in lines if line["log_level"] == "error"]
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


# --- what a port does not do


@pytest.mark.parametrize("process", PORTS)
async def test_an_unknown_expectation_is_told_in_chinese(hall: Hall, process: str) -> None:
    """417, before any of our middlewares; the usual one is met."""
    async with port_of(process, hall) as port:
        status, head, body = await answered(port, "POST /staff/session", b"Expect: nonsense", body=b"{}")
        assert (status, "application/problem+json" in head, "Server: daoban" in head) == (417, True, True)
        chinese(body)
        usual = await answered(port, "POST /staff/session", b"Expect: 100-continue", body=b"{}")
        assert usual[0] == 100


@pytest.mark.parametrize("process", PORTS)
@pytest.mark.parametrize(
    ("request_line", "known", "status"),
    [("GET /nowhere", True, 404), ("DELETE /health", True, 405), ("GET /metrics", False, 401)],
)
async def test_every_refusal_of_a_port_is_a_chinese_problem(
    hall: Hall, process: str, request_line: str, known: bool, status: int
) -> None:
    """Title and sentence; for a browser the sentence alone, or a page."""
    token = (hall.settings.secrets / "operations.token").read_bytes()
    who = [b"Authorization: Bearer " + token] if known else []
    async with port_of(process, hall) as port:
        got, head, body = await answered(port, request_line, *who)
        assert (got, "application/problem+json" in head) == (status, True)
        chinese(body)
        _, head, body = await answered(port, request_line, b"Accept: text/html", *who)
        assert any("\u4e00" <= letter <= "\u9fff" for letter in body.decode())


async def test_a_failure_of_a_port_is_a_chinese_problem(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """500 without a word of the library's, logged with its traceback."""
    monkeypatch.setattr("assistant.server.HOLDER", None)
    async with port_of("assistant", hall) as port:
        with capture_logs() as lines:
            status, _, body = await answered(port, "GET /health")
    assert (status, chinese(body)["type"]) == (500, "urn:daoban:problem:server.error")
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["request.failed"]


def test_sentences_of_the_ports_are_whole() -> None:
    """Every one ends, and says what to do."""
    for file in ("assistant/refusals.yaml", "connectors/data/refusals.yaml"):
        said = yaml.safe_load((Path(__file__).parents[2] / file).read_text("utf-8"))
        assert {401, 404, 405, 503, "other"} <= said.keys()
        assert all(sentence.endswith("。") for sentence in said.values())
