"""People at the pages: what they see and do, in their words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.async_api import ConsoleMessage, Locator, Page, Request, expect

from tests.browser.house import Account

EXPECTED_NOISE = ("WebSocket connection", "Failed to load resource")
"""What a browser itself says of a lost line or a refusal."""
NAMELESS = """() => [...document.querySelectorAll('a[href], button, input, textarea, select, summary, [role=img]')]
  .filter((one) => one.checkVisibility())
  .filter((one) => {
    const by = (one.getAttribute('aria-labelledby') || '').split(' ').map((id) => document.getElementById(id));
    const names = [one.getAttribute('aria-label'), ...by.map((label) => label?.textContent),
      ...[...(one.labels || [])].map((label) => label.textContent), one.textContent];
    return !names.some((name) => name && name.trim());
  }).map((one) => one.outerHTML)"""
SMALL = """() => [...document.querySelectorAll('.button, .choice, .tool, .input, .row, .brand, summary')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML)"""


@dataclass
class Person:
    """Somebody before a page; everything that goes wrong in the browser is remembered."""

    page: Page
    base: str
    """Address of our pages."""
    troubles: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        self.page.on("dialog", lambda dialog: self.troubles.append(f"dialog: {dialog.message}"))
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    async def go(self, path: str) -> None:
        """Open an address of ours."""
        await self.page.goto(self.base + path)

    async def scrolls_sideways(self) -> bool:
        """Whether something is wider than the screen."""
        return bool(
            await self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        )

    async def nameless_controls(self) -> list[str]:
        """Controls a screen reader could not name."""
        found: list[str] = await self.page.evaluate(NAMELESS)
        return found

    async def small_targets(self) -> list[str]:
        """Controls lower than a fingertip (44 px)."""
        found: list[str] = await self.page.evaluate(SMALL)
        return found

    async def stored_by_browser(self) -> str:
        """Everything scripts have stored in this browser."""
        return str(await self.page.evaluate("JSON.stringify({...localStorage}) + JSON.stringify({...sessionStorage})"))

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type in {"error", "warning"} and not any(noise in said.text for noise in EXPECTED_NOISE):
            self.troubles.append(f"console: {said.text}")

    def _see(self, request: Request) -> None:
        if "127.0.0.1" not in request.url and not request.url.startswith(("data:", "blob:")):
            self.troubles.append(f"outside: {request.url}")


class Citizen(Person):
    """Somebody at the chat page."""

    @property
    def conversation(self) -> Locator:
        """All that is said."""
        return self.page.get_by_role("log")

    @property
    def answers(self) -> Locator:
        """What 导办 said."""
        return self.page.locator("#log .from-assistant")

    @property
    def own(self) -> Locator:
        """What the citizen said, sent or not."""
        return self.page.locator("#messages .from-citizen")

    @property
    def text(self) -> Locator:
        """The place to write."""
        return self.page.get_by_label("写下您要问的话")

    async def arrives(self) -> None:
        """Open the page and be connected."""
        await self.go("/")
        await self.is_connected()

    async def is_connected(self) -> None:
        """Wait for the line."""
        await expect(self.page.locator("#messages")).to_have_attribute("aria-busy", "false")
        await expect(self.page.locator("#connection")).to_be_hidden()

    async def says(self, words: str) -> None:
        """Write and press Enter."""
        await self.text.fill(words)
        await self.text.press("Enter")

    async def presses(self, label: str) -> None:
        """Press a button of the page."""
        await self.page.get_by_role("button", name=label, exact=True).last.click()

    async def hears(self, words: str) -> None:
        """The newest answer holds the words."""
        await expect(self.answers.last).to_contain_text(words)

    def card(self, kind: str) -> Locator:
        """The newest card of a kind."""
        return self.page.locator(f"[data-card={kind}]").last

    async def conversation_id(self) -> str:
        """Which conversation this browser holds, as the backend knows it."""
        ticket: dict[str, Any] = await self.page.evaluate(
            "fetch('/socket-tickets', {method: 'POST'}).then((r) => r.json())"
        )
        return str(ticket["conversation"])


class Clerk(Person):
    """A member of staff at the counter page."""

    @property
    def queue(self) -> Locator:
        """Rows of the queue."""
        return self.page.locator("#queue .row")

    @property
    def case(self) -> Locator:
        """The open case."""
        return self.page.locator("#case")

    @property
    def dialog(self) -> Locator:
        """The dialog of a step."""
        return self.page.get_by_role("dialog")

    async def signs_in(self, account: Account, password: str | None = None) -> None:
        """Sign in at the login page."""
        await self.go("/login")
        await self.page.get_by_label("用户名").fill(account.username)
        await self.page.get_by_label("密码").fill(account.password if password is None else password)
        await self.page.get_by_role("button", name="登录").click()

    async def opens(self, number: str) -> None:
        """Open a case of the queue by its number."""
        await self.queue.filter(has_text=number).click()
        await expect(self.case).to_contain_text(number)

    async def begins(self, step: str) -> None:
        """Press the button of a step; its dialog opens."""
        await self.case.get_by_role("button", name=step, exact=True).click()
        await expect(self.dialog).to_be_visible()

    async def confirms(self, step: str) -> None:
        """Do the step."""
        await self.dialog.get_by_role("button", name=step, exact=True).click()

    async def does(self, step: str, note: str = "") -> None:
        """A step from button to done."""
        await self.begins(step)
        if note:
            await self.dialog.locator("textarea").fill(note)
        await self.confirms(step)
        await expect(self.dialog).to_be_hidden()

    async def sees_state(self, state: str) -> None:
        """The open case stands there."""
        await expect(self.case.locator("[data-state]")).to_have_text(state)


class Editor(Clerk):
    """Somebody who keeps the content."""

    async def arrives(self, account: Account) -> None:
        """Sign in and be at the content pages."""
        await self.signs_in(account)
        await self.page.wait_for_url("**/content/**")
