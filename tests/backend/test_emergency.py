"""The emergency notice stands on every page of citizens from the moment it is set until it is lifted."""

from __future__ import annotations

import asyncio

import pytest

from backend.one_window.understanding.emergency import EMERGENCY
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from tests.conftest import Browser, Hall

SENTENCE = "今天下午停电，大厅三点关门<网上照常>。"
SHOWN = "今天下午停电，大厅三点关门&lt;网上照常&gt;。"
PATIENCE_SECONDS = 20


async def until_known(hall: Hall, sentence: str) -> None:
    """A page that stays open asks until it hears of the change."""
    async with asyncio.timeout(PATIENCE_SECONDS), hall.browser() as page:
        while (await page.get("/emergency-notice"))[1] != {"sentence": sentence}:
            continue


async def pages(browser: Browser) -> dict[str, str]:
    """The pages a citizen may have before them."""
    paths = ("/", "/items", "/items/LJ-SY-001", "/calculators")
    return {path: (await browser.get(path, Accept="text/html"))[1] for path in paths}


@pytest.mark.both_databases
async def test_it_is_shown_on_every_page_until_it_is_lifted(hall: Hall) -> None:
    """As text, also to pages that stay open; staff see what citizens see."""
    async with hall.staff(Role.DUTY_LEADER) as leader, hall.browser() as citizen:
        assert (await citizen.get("/emergency-notice"))[1] == {"sentence": ""}
        notice = {"kind": "notice", "target": "all", "sentence": SENTENCE}
        assert (await leader.post("/switches", notice))[0] == 200
        await until_known(hall, SENTENCE)
        for path, page in (await pages(citizen)).items():
            assert SHOWN in page, path
        assert SHOWN in (await leader.get("/desk", Accept="text/html"))[1]
        assert SHOWN in (await leader.get("/hall/switches", Accept="text/html"))[1]
        await leader.send("DELETE", "/switches/notice/all")
        await until_known(hall, "")
        for path, page in (await pages(citizen)).items():
            assert SHOWN not in page, path


async def test_it_survives_a_restart(hall: Hall) -> None:
    """Shown from the first page on."""
    async with hall.staff(Role.DUTY_LEADER) as leader:
        await leader.post("/switches", {"kind": "notice", "target": "all", "sentence": SENTENCE})
    await until_known(hall, SENTENCE)
    hall.server.app[EMERGENCY].sentence = ""
    async with hall.server.app[DATABASE].read() as session:
        assert await hall.server.app[EMERGENCY].read(session) == SENTENCE


async def test_the_page_of_switches_is_for_those_who_may(hall: Hall) -> None:
    """Names of items, not codes alone."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.COUNTER_CLERK) as clerk:
        await manager.post("/switches", {"kind": "item", "target": "LJ-SY-001", "sentence": "系统升级，明天再办。"})
        page = (await manager.get("/hall/switches", Accept="text/html"))[1]
        assert "（LJ-SY-001）" in page
        assert "系统升级，明天再办。" in page
        assert (await clerk.get("/hall/switches", Accept="text/html"))[0] == 403
