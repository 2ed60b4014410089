"""Signing in and out, and the first password."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import People
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_login_errors_stand_at_the_field(people: People, house: House) -> None:
    """Nothing written, wrong password, locked: a sentence each."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.go("/login")
    await clerk.page.get_by_role("button", name="登录").click()
    await expect(clerk.page.locator("#username-wrong")).to_have_text("请写用户名。")
    await expect(clerk.page.locator("#password-wrong")).to_have_text("请写密码。")
    await expect(clerk.page.get_by_label("用户名")).to_be_focused()
    for _ in range(5):
        await clerk.signs_in(account, password="wrong")
        await expect(clerk.page.locator("#password-wrong")).to_have_text("用户名或密码不对，请再输一次。")
    await expect(clerk.page.get_by_label("密码")).to_be_focused()
    await expect(clerk.page.get_by_label("用户名")).to_have_value(account.username)
    await clerk.signs_in(account)
    await expect(clerk.page.get_by_role("alert").filter(has_text="连续输错太多次")).to_be_visible()


async def test_the_first_password_must_be_changed(people: People, house: House) -> None:
    """The counter leads to the password page until it is done; each mistake is told at its field."""
    account = await house.account("木丽华", first_password=True)
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.page.wait_for_url("**/password")
    await clerk.go("/counter")
    await clerk.page.wait_for_url("**/password")
    await expect(clerk.page.get_by_text("第一次登录要先改密码")).to_be_visible()

    async def tries(current: str, fresh: str, again: str) -> None:
        await clerk.page.get_by_label("现在的密码").fill(current)
        await clerk.page.get_by_label("新密码", exact=True).fill(fresh)
        await clerk.page.get_by_label("再写一遍新密码").fill(again)
        await clerk.page.get_by_role("button", name="保存").click()

    await tries(account.password, "short", "short")
    await expect(clerk.page.locator("#new-wrong")).to_have_text("新密码至少12个字符，现在是5个。")
    await tries(account.password, "long enough to keep", "something else")
    await expect(clerk.page.locator("#again-wrong")).to_have_text("两次写的不一样，请再写一遍。")
    await tries("not the password", "long enough to keep", "long enough to keep")
    await expect(clerk.page.locator("#current-wrong")).to_have_text("现在的密码不对，请再写一次。")
    await tries(account.password, "long enough to keep", "long enough to keep")
    await clerk.page.wait_for_url("**/counter")


async def test_signing_out(people: People, house: House) -> None:
    """Without a line the page says that one is still signed in, and shows no case; afterwards the counter is closed."""
    clerk = await people.clerk()
    await clerk.signs_in(await house.account("木丽华"))
    await clerk.page.route("**/staff/session", lambda route: route.abort())
    await clerk.page.get_by_role("button", name="退出").click()
    await expect(clerk.page.get_by_role("alert").filter(has_text="您还登录着")).to_be_visible()
    await expect(clerk.page.locator("#queue")).to_be_hidden()
    await clerk.page.unroute("**/staff/session")
    await clerk.page.get_by_role("button", name="再退出一次").click()
    await clerk.page.wait_for_url("**/login")
    await clerk.go("/counter")
    await clerk.page.wait_for_url("**/login")
