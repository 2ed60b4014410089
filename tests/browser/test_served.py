"""How pages and their files are served; no browser is needed."""

from __future__ import annotations

import re

from backend.features import FEATURES
from backend.one_window.conversations.welcome import welcome
from tests.conftest import Hall


async def test_static_files_are_asked_for_again_each_time(hall: Hall) -> None:
    """After an upgrade no page meets old scripts; unchanged files cost a 304."""
    async with hall.browser() as browser, browser.session.get(f"{hall.base}/static/conversations/chat.js") as response:
        assert response.headers["Cache-Control"] == "no-cache"
        again = {"If-None-Match": response.headers["ETag"]}
        async with browser.session.get(f"{hall.base}/static/conversations/chat.js", headers=again) as unchanged:
            assert unchanged.status == 304


def test_every_file_a_page_names_is_there() -> None:
    """Templates, style sheets and scripts name only files that exist, and every file is named."""
    named: set[str] = set()
    there: set[str] = set()
    for feature in FEATURES:
        name, folder = feature.name, feature.folder
        static = folder / "static"
        if not static.is_dir():
            continue
        there |= {f"{name}/{file.name}" for file in static.iterdir()}
        texts = {file: file.read_text("utf-8") for file in (*folder.glob("templates/*.html"), *static.iterdir())}
        for file, text in texts.items():
            named |= set(re.findall(r"/static/([\w]+/[\w.-]+)", text))
            if file.suffix == ".js":
                named |= {f"{name}/{found}" for found in re.findall(r'(?:from|import) "\./([\w.-]+)"', text)}
    assert named == there


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
