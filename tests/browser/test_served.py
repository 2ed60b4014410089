"""How pages and their files are served; no browser is needed."""

from __future__ import annotations

import re

from backend.pages.rendering import STATIC
from backend.pages.welcome import welcome
from tests.conftest import Hall


async def test_static_files_are_asked_for_again_each_time(hall: Hall) -> None:
    """After an upgrade no page meets old scripts; unchanged files cost a 304."""
    async with hall.browser() as browser, browser.session.get(f"{hall.base}/static/chat.js") as response:
        assert response.headers["Cache-Control"] == "no-cache"
        again = {"If-None-Match": response.headers["ETag"]}
        async with browser.session.get(f"{hall.base}/static/chat.js", headers=again) as unchanged:
            assert unchanged.status == 304


async def test_every_file_a_page_names_is_there(hall: Hall) -> None:
    """Templates, style sheets and scripts name only files that exist."""
    named: set[str] = set()
    for template in (STATIC.parent / "templates").glob("*.html"):
        named |= set(re.findall(r"/static/([\w.-]+)", template.read_text("utf-8")))
    for sheet in STATIC.glob("*.css"):
        named |= set(re.findall(r"/static/([\w.-]+)", sheet.read_text("utf-8")))
    for script in STATIC.glob("*.js"):
        named |= set(re.findall(r'from "\./([\w.-]+)"', script.read_text("utf-8")))
    assert named == {file.name for file in STATIC.iterdir()}


async def test_the_content_policy_allows_nothing_inline_or_foreign(hall: Hall) -> None:
    """As sent with every page."""
    async with hall.browser() as browser, browser.session.get(f"{hall.base}/") as response:
        policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_there_are_four_ways_to_begin() -> None:
    """From welcome.yaml."""
    assert len(set(welcome().starts)) == 4
