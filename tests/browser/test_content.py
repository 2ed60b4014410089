"""Those who keep the content, at their pages."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.core.permissions import Role
from tests.browser.conftest import WIDE, People
from tests.browser.house import House
from tests.browser.test_every_page import SMALLEST, is_in_order

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_filling_in_the_address_and_deciding_about_a_material(people: People, house: House) -> None:
    """Empty fields first; a decision with its rule stands in the list with who and when."""
    editor = await people.editor()
    await editor.arrives(await house.account("和编辑", role=Role.CONTENT_EDITOR))
    await editor.page.get_by_role("link", name="待确认或取消").click()
    page = editor.page
    await expect(page.get_by_role("heading", name="还有4项空着")).to_be_visible()
    await page.get_by_label("电话").fill("打电话来问")
    await page.get_by_role("button", name="保存").click()
    await expect(page.locator("#centre-phone-wrong")).to_contain_text("电话只写数字")
    await page.get_by_label("电话").fill("0888-1234567")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("heading", name="还有3项空着")).to_be_visible()
    row = page.locator("[data-item='LJ-SY-001'][data-material=proxy_letter]")
    await row.get_by_role("button").click()
    await expect(editor.dialog).to_be_visible()
    await editor.dialog.get_by_label("保留并补依据").check()
    await editor.dialog.get_by_role("button", name="记下").click()
    await expect(editor.dialog.locator("#cite-wrong")).to_contain_text("保留的要写清依据")
    await editor.dialog.get_by_label("依据").fill("《中华人民共和国民法典》第一百六十五条")
    await editor.dialog.get_by_role("button", name="记下").click()
    await expect(row).to_contain_text("保留并补依据")
    await expect(row).to_contain_text("和编辑")
    await page.get_by_role("button", name="只看没定的").click()
    await expect(row).to_be_hidden()


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_the_list_to_confirm_is_in_order(people: People, house: House, screen: dict[str, int]) -> None:
    """Any screen, any type size."""
    editor = await people.editor(screen=screen)
    await editor.signs_in(await house.account("和主任", role=Role.AUDITOR))
    await editor.page.wait_for_url("**/content/to-confirm")
    await is_in_order(editor)
