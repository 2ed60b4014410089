"""Bytes that are no request: told in Chinese, and nothing of them stands in a log."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.web_protocol import RequestHandler
from structlog.testing import capture_logs

from backend.process.unreadable import answer_unreadable_requests

HEAD = b"Host: 127.0.0.1\r\n\r\n"


@pytest.fixture
async def port(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[int]:
    """A server that has been told."""
    monkeypatch.setattr(RequestHandler, "handle_error", RequestHandler.handle_error)
    answer_unreadable_requests()
    runner = web.AppRunner(web.Application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def told(port: int, sent: bytes) -> tuple[str, dict[str, object]]:
    """The head and the document that come back."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(sent)
    head, _, body = (await asyncio.wait_for(reader.read(), 10)).decode().partition("\r\n\r\n")
    writer.close()
    return head, json.loads(body)


@pytest.mark.parametrize(
    ("sent", "title"),
    [
        ("GET /items/失业 HTTP/1.1\r\n".encode() + HEAD, "这个请求读不出来"),
        (b"GARBAGE\r\n\r\n", "这个请求读不出来"),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", "这个请求读不出来"),
        (b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "这个请求读不出来"),
        (b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\n" + HEAD, "这个请求读不出来"),
        (b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000 + b"\r\n" + HEAD, "这个请求读不出来"),
    ],
)
async def test_what_cannot_be_read_is_told_in_chinese(port: int, sent: bytes, title: str) -> None:
    """As an RFC 9457 document with a way on."""
    head, document = await told(port, sent)
    assert head.startswith("HTTP/1.0 400 ")
    assert "Server: daoban" in head
    assert "application/problem+json" in head
    assert document["title"] == title
    assert str(document["detail"]).endswith("。")


async def test_an_address_that_cannot_be_read_stands_in_no_log(port: int) -> None:
    """It may hold a citizen's words."""
    with capture_logs() as lines:
        await told(port, "GET /items/和丽军的失业金 HTTP/1.1\r\n".encode() + HEAD)
    assert [line["event"] for line in lines] == ["request.unreadable"]
    assert "items" not in json.dumps(lines)
