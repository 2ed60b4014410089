"""A Chromium for the whole run, a fresh house and fresh browsers for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, async_playwright, expect

from backend.platform.clock import SetClock
from backend.settings import Settings
from tests.browser.house import House, running_house
from tests.browser.people import Citizen, Clerk, Editor, Person

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
TIMEOUT_MS = 15_000
WIDE = {"width": 1280, "height": 900}
NARROW = {"width": 390, "height": 844}

Kind = TypeVar("Kind", bound=Person)


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Where the Chromium is; without one these tests are skipped by name, unless they are required."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("DAOBAN_BROWSER_TESTS") == "required":
        pytest.fail("no Chromium on this machine, and DAOBAN_BROWSER_TESTS=required")
    if found is None:
        pytest.skip("no Chromium on this machine")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium(chromium_path: str) -> AsyncIterator[Browser]:
    """The browser."""
    expect.set_options(timeout=TIMEOUT_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def house(settings: Settings, clock: SetClock) -> AsyncIterator[House]:
    """Backend, connectors, scripted assistant."""
    async with running_house(settings, clock) as house:
        yield house


@dataclass
class People:
    """Lets people in; at the end none of their browsers may have complained."""

    chromium: Browser
    base: str
    """Address of our pages."""
    here: list[Person] = field(default_factory=list)
    contexts: AsyncExitStack = field(default_factory=AsyncExitStack)

    async def citizen(self, *, screen: dict[str, int] = WIDE, **about: Any) -> Citizen:
        """Somebody who has never been here, with their own browser."""
        return await self._person(Citizen, await self._context(screen, about))

    async def clerk(self, *, screen: dict[str, int] = WIDE) -> Clerk:
        """A member of staff with their own browser."""
        return await self._person(Clerk, await self._context(screen, {}))

    async def editor(self, *, screen: dict[str, int] = WIDE) -> Editor:
        """Somebody who keeps the content, with their own browser."""
        return await self._person(Editor, await self._context(screen, {}))

    async def second_tab(self, of: Kind) -> Kind:
        """Another tab of somebody's browser."""
        return await self._person(type(of), of.page.context)

    async def _context(self, screen: dict[str, int], about: dict[str, Any]) -> BrowserContext:
        context = await self.chromium.new_context(viewport=screen, locale="zh-CN", **about)  # type: ignore[arg-type]
        context.set_default_timeout(TIMEOUT_MS)
        self.contexts.push_async_callback(context.close)
        return context

    async def _person(self, kind: type[Kind], context: BrowserContext) -> Kind:
        person = kind(await context.new_page(), self.base)
        self.here.append(person)
        return person


@pytest_asyncio.fixture(loop_scope="session")
async def people(chromium: Browser, house: House) -> AsyncIterator[People]:
    """Whoever comes to the pages."""
    people = People(chromium, house.hall.base)
    async with people.contexts:
        yield people
    assert [trouble for person in people.here for trouble in person.troubles] == []
