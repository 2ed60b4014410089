"""The edges: how much anyone may ask, what a browser is told, what a body may be."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import aiohttp
import pytest
from structlog.testing import capture_logs

from backend.contracts.wire import Wire
from backend.limiting.counting import RateLimits
from backend.platform.bodies import read_json
from backend.platform.rate_limits import LIMITER
from backend.settings import Settings
from tests.conftest import Hall, running_hall


async def flooded(hall: Hall, **limits: int) -> None:
    """Lower the limits of a running hall."""
    hall.server.app[LIMITER].counts.limits = RateLimits(**limits)


async def test_a_flooding_address_is_told_when_it_may_go_on(hall: Hall) -> None:
    """429, Retry-After and a plain sentence; pages' files are not counted."""
    await flooded(hall, address=2)
    async with hall.browser() as browser:
        for _ in range(2):
            assert (await browser.get("/health"))[0] == 200
        async with browser.session.get(hall.base + "/health") as refused:
            assert refused.status == 429
            assert 1 <= int(refused.headers["Retry-After"]) <= 120
            assert "从您这里发来的请求太多了" in (await refused.json(content_type=None))["detail"]
        status, page = await browser.get("/", Accept="text/html")
        assert status == 429
        assert "请求太多" in page
        assert (await browser.get("/static/shell/daoban.css"))[0] == 200


async def test_a_conversation_has_its_own_limit(hall: Hall) -> None:
    """Whoever writes without end is refused in their conversation; others go on."""
    await flooded(hall, message=3)
    flooding, calm = await hall.conversation(), await hall.conversation()
    token = (hall.settings.secrets / "connectors.token").read_text()
    async with hall.browser() as connectors:
        said = [
            (await connectors.post(f"/conversations/{flooding}/messages", {"message_id": hall.key(), "text": "你好"},
                                   Authorization=f"Bearer {token}"))[0]
            for _ in range(4)
        ]  # fmt: skip
    assert said == [201, 201, 201, 429]
    await hall.say(calm, "你好")


async def test_passwords_cannot_be_tried_out_from_one_address(hall: Hall) -> None:
    """Whatever names are tried."""
    await flooded(hall, sign_in=3)
    async with hall.browser() as browser:
        tried = [
            (await browser.post("/staff/session", {"username": f"staff{n}", "password": "x"}))[0] for n in range(4)
        ]
    assert tried == [401, 401, 401, 429]


async def test_only_our_own_proxy_is_believed_about_addresses(hall: Hall) -> None:
    """A forged X-Forwarded-For is no way around the limit."""
    await flooded(hall, address=1)
    async with hall.browser() as browser:
        assert (await browser.get("/health", **{"X-Forwarded-For": "192.0.2.1"}))[0] == 200
        assert (await browser.get("/health", **{"X-Forwarded-For": "192.0.2.2"}))[0] == 429
        hall.server.app[LIMITER].proxies = frozenset({"127.0.0.1"})
        assert (await browser.get("/health", **{"X-Forwarded-For": "192.0.2.9, 192.0.2.1"}))[0] == 200
        assert (await browser.get("/health", **{"X-Forwarded-For": "192.0.2.8, 192.0.2.1"}))[0] == 429


async def test_a_proxy_that_nobody_named_is_told_once(hall: Hall) -> None:
    """One line in the log with the variable to set, and no address in it; none where proxies are named."""
    limiter = hall.server.app[LIMITER]
    async with hall.browser() as browser:
        with capture_logs() as said:
            for _ in range(2):
                await browser.get("/health", **{"X-Forwarded-For": "192.0.2.1"})
        (warning,) = [line for line in said if line["event"] == "proxy.not_named"]
        assert warning["variable"] == "DAOBAN_PROXIES"
        assert "192.0.2.1" not in str(warning)
        limiter.proxies, limiter.warned = frozenset({"127.0.0.1"}), False
        with capture_logs() as said:
            await browser.get("/health", **{"X-Forwarded-For": "192.0.2.1"})
        assert "proxy.not_named" not in {line["event"] for line in said}


@pytest.mark.parametrize(
    "junk", ["nobody", "192.0.2.1; DROP", "", ",,", "192.0.2.1, unknown", "\u00b9.2.3.4", "1" * 4000]
)
async def test_what_is_no_address_counts_for_the_proxy_itself(hall: Hall, junk: str) -> None:
    """Junk in X-Forwarded-For opens no counter of its own, even through our proxy."""
    await flooded(hall, address=1)
    hall.server.app[LIMITER].proxies = frozenset({"127.0.0.1"})
    async with hall.browser() as browser:
        assert (await browser.get("/health"))[0] == 200
        assert (await browser.get("/health", **{"X-Forwarded-For": junk}))[0] == 429


async def headers_of(hall: Hall, path: str) -> dict[str, str]:
    """The headers of an answer."""
    async with hall.browser() as browser, browser.session.get(hall.base + path) as response:
        return {name.lower(): value for name, value in response.headers.items()}


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/nowhere", "/static/shell/daoban.css"])
async def test_every_answer_carries_the_security_headers(hall: Hall, path: str) -> None:
    """OWASP ASVS V3: no inline script, no foreign frame, no sniffing, no version told."""
    headers = await headers_of(hall, path)
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == f"'self' ws://{hall.base[7:]} ws://127.0.0.1:8702"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["server"] == "daoban"
    assert headers["cache-control"] in {"no-store", "no-cache"}


async def test_behind_https_cookies_are_bound_to_the_host(settings: Settings, hall: Hall) -> None:
    """``__Host-``, Secure, HttpOnly; HSTS; sockets by wss; and signing in works with it."""
    await hall.server.close()
    async with running_hall(settings.model_copy(update={"secure_cookies": True}), hall.clock) as secured:
        assert "max-age" in (await headers_of(secured, "/"))["strict-transport-security"]
        async with (
            secured.browser() as browser,
            browser.session.post(
                f"{secured.base}/socket-tickets", headers={"Origin": secured.base.replace("http", "https")}
            ) as response,
        ):
            given = response.headers["Set-Cookie"]
            assert given.startswith("__Host-daoban_visitor=")
            assert all(part in given for part in ("Secure", "HttpOnly", "Path=/", "SameSite=Lax"))
            ticket = await response.json()
            assert ticket["url"].startswith("wss://")
            address = f"/conversations/{ticket['conversation']}/messages"
            brought = given.partition(";")[0]
            assert (await browser.get(address, Cookie=brought))[0] == 200
            assert (await browser.get(address, Cookie=brought.removeprefix("__Host-")))[0] == 401


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"answers": ' + b"[" * 600 + b"]" * 600 + b"}",
        b'{"item": "\\ud800"}',
        b'{"item": "\\u0000"}',
        b"\xff\xfe",
        b"x" * (256 * 1024 + 1),
        b"1e999",
    ],
    ids=["deep", "deep but whole", "half a pair", "nul", "not utf-8", "too large", "infinite"],
)
async def test_a_hostile_body_is_refused_with_a_sentence(hall: Hall, body: bytes) -> None:
    """Never a server error."""
    async with (
        hall.browser() as browser,
        browser.session.post(f"{hall.base}/notices/preview", data=body) as response,
    ):
        problem: dict[str, Any] = await response.json(content_type=None)
        assert response.status in {400, 413, 422}
        assert problem["detail"]


async def test_a_path_or_query_that_no_database_can_keep_is_refused(hall: Hall) -> None:
    """NUL, numbers beyond the column."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as browser:
        assert (await browser.get("/catalogue/items/%00"))[0] == 404
        assert (await browser.get(f"/events?after={2**40}", Authorization=f"Bearer {token}"))[0] == 422


@pytest.mark.parametrize("host", ["a; script-src *", "a b", "münchen", "a/../b", "a:99999999"])
async def test_a_hostile_host_is_refused_and_stands_in_no_header(hall: Hall, host: str) -> None:
    """It would go into the content policy and into addresses on the page (CWE-644)."""
    reader, writer = await asyncio.open_connection("127.0.0.1", hall.server.port)
    writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
    answer = (await asyncio.wait_for(reader.read(), 10)).decode()
    writer.close()
    assert answer.startswith("HTTP/1.1 400 ")
    assert f"ws://{host}" not in answer
    assert "script-src *" not in answer


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8700", "[::1]:8700", "hall.lijiang.example", "hall_1:80"])
async def test_every_decent_host_is_served(hall: Hall, host: str) -> None:
    """Names, addresses, ports."""
    async with hall.browser() as browser:
        assert (await browser.get("/", Host=host))[0] == 200


@pytest.mark.parametrize("after", ["\u00b2", "-1", "99999999999999999999", "x"])
async def test_a_senseless_resume_point_is_refused(hall: Hall, after: str) -> None:
    """Of the event stream: a sentence, no server error."""
    async with hall.staff() as clerk:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await clerk.session.ws_connect(f"{hall.base}/events/stream", params={"after": after}, origin=hall.base)
    assert refused.value.status == 422


async def test_a_small_body_that_unpacks_to_a_huge_one_is_refused(hall: Hall) -> None:
    """The limit counts what is unpacked (CWE-409)."""
    bomb = gzip.compress(b"[" + b"0" * 50_000_000 + b"]")
    headers = {"Origin": hall.base, "Content-Encoding": "gzip", "Content-Type": "application/json"}
    async with (
        hall.browser() as browser,
        browser.session.post(f"{hall.base}/staff/session", data=bomb, headers=headers) as response,
    ):
        assert response.status == 413


class _Note(Wire):
    text: str


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("号\0码\x1b[31m", "号码[31m"),
        ("收\u202e据\u2066原\u2069件\u200f", "收据原件"),
        ("零\u200b宽\ufeff空\u2060格\u00ad", "零宽空格"),
        ("一家人👨\u200d👩\u200d👧\n第二行\t完❤\ufe0f", "一家人👨\u200d👩\u200d👧\n第二行\t完❤\ufe0f"),
        ("和秀英，纳西族；rkyq\u0301", "和秀英，纳西族；rkyq\u0301"),
    ],
)
def test_what_nobody_sees_is_not_kept_of_typed_text(typed: str, kept: str) -> None:
    """Controls, turned reading direction, blanks of no width; joined emoji, lines and accents stay as they are."""
    assert read_json(_Note, json.dumps({"text": typed}).encode()).text == kept
