"""Addresses: HEAD, a slash too many, and what a QR code says behind a proxy that ends TLS."""

from __future__ import annotations

import re

import pytest
import segno

from backend.client.notices import NoticesClient
from backend.contracts.notices import NoticeRequest
from backend.platform.http import ROUTES
from backend.platform.rate_limits import LIMITER
from backend.settings import Settings
from tests.conftest import Hall, running_hall

ITEM = "LJ-SY-001"
A_PART = re.compile(r"\{[a-z_]+\}")
FROM_PROXY = {"X-Forwarded-Proto": "https"}


def filled(path: str) -> str:
    """A route's path with something in place of its parts."""
    return A_PART.sub("1", path.replace("{code}", ITEM))


async def test_every_page_and_reading_answers_head(hall: Hall) -> None:
    """RFC 9110 9.3.2: monitors and link checkers ask so; the same status and headers as GET, and no body."""
    async with hall.browser() as browser:
        for path in (route.path for route in hall.server.app[ROUTES] if route.method == "GET" and not route.socket):
            asked = hall.base + filled(path)
            async with browser.session.get(asked, allow_redirects=False) as got:
                pass
            async with browser.session.head(asked, allow_redirects=False) as head:
                assert (head.status, head.content_type) == (got.status, got.content_type), path
                assert await head.read() == b""


async def test_a_page_with_a_slash_at_its_end_leads_to_the_page(hall: Hall) -> None:
    """308 keeps the query; only pages, and never to another host."""
    pages = [route.path for route in hall.server.app[ROUTES] if route.page and route.path != "/"]
    assert {"/items", "/items/{code}", "/login", "/notice/{number}"} <= set(pages)
    async with hall.browser() as browser:
        for path in pages:
            asked = filled(path)
            async with browser.session.get(f"{hall.base}{asked}/?unit=SY&q=%E6%8A%A5", allow_redirects=False) as moved:
                assert moved.status == 308, path
                assert moved.headers["Location"] == f"{asked}?unit=SY&q=%E6%8A%A5"
        assert (await browser.get("/items/?unit=SY"))[0] == 200
        assert (await browser.get("/health/"))[0] == 404
        assert (await browser.get("//items/"))[0] == 404


async def sheets(hall: Hall, **headers: str) -> list[tuple[str, str]]:
    """Both printed sheets with the address each should show in its code."""
    conversation = await hall.conversation()
    notice = await hall.assistant.part(NoticesClient).issue(
        NoticeRequest(item=ITEM, situation={}), conversation=conversation, key=hall.key()
    )
    found = []
    async with hall.browser() as browser:
        for path in (f"/items/{ITEM}", notice.page):
            status, page = await browser.get(path, Host="hall.example", **headers)
            assert status == 200
            found.append((page, f"://hall.example{path}"))
    return found


def shows(page: str, address: str) -> bool:
    """Whether the page holds the code of the address."""
    return segno.make(address, error="m").svg_inline(border=1, omitsize=True) in page


async def test_codes_say_https_behind_our_own_proxy_only(hall: Hall) -> None:
    """Anybody can send X-Forwarded-Proto; only an address of DAOBAN_PROXIES is believed."""
    for page, address in await sheets(hall, **FROM_PROXY):
        assert shows(page, f"http{address}")
    hall.server.app[LIMITER].proxies = frozenset({"127.0.0.1"})
    for page, address in await sheets(hall, **FROM_PROXY):
        assert shows(page, f"https{address}")
    for page, address in await sheets(hall):
        assert shows(page, f"http{address}")


async def test_codes_say_https_where_cookies_are_secure(settings: Settings, hall: Hall) -> None:
    """DAOBAN_SECURE_COOKIES=1 says that people come by HTTPS, whatever the proxy tells."""
    await hall.server.close()
    async with running_hall(settings.model_copy(update={"secure_cookies": True}), hall.clock) as secured:
        for page, address in await sheets(secured):
            assert shows(page, f"https{address}")


@pytest.mark.parametrize(("told", "scheme"), [("HTTPS", "wss"), ("http, https", "wss"), ("http", "ws"), ("x", "ws")])
async def test_sockets_go_the_way_the_page_came(hall: Hall, told: str, scheme: str) -> None:
    """A page served by HTTPS may open only secure sockets."""
    hall.server.app[LIMITER].proxies = frozenset({"127.0.0.1"})
    async with (
        hall.browser() as browser,
        browser.session.get(f"{hall.base}/", headers={"X-Forwarded-Proto": told}) as page,
    ):
        assert f"connect-src 'self' {scheme}://" in page.headers["Content-Security-Policy"]
