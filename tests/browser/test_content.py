"""Those who keep the content, at their pages."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.client.catalogue import CatalogueClient
from backend.platform.permissions import Role
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
    await editor.dialog.get_by_role("textbox", name="依据").fill("《中华人民共和国民法典》第一百六十五条")
    await editor.dialog.get_by_role("button", name="记下").click()
    await expect(row).to_contain_text("保留并补依据")
    await expect(row).to_contain_text("和编辑")
    await page.get_by_role("button", name="只看没定的").click()
    await expect(row).to_be_hidden()


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_what_the_centre_has_to_say_is_in_order(people: People, house: House, screen: dict[str, int]) -> None:
    """Any screen, any type size."""
    editor = await people.editor(screen=screen)
    await editor.signs_in(await house.account("和主任", role=Role.AUDITOR))
    await editor.page.wait_for_url("**/auditor")
    for page in ("/content/to-confirm", "/content/parameters"):
        await editor.go(page)
        await is_in_order(editor)


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_what_is_to_be_read_again_is_in_order(people: People, house: House, screen: dict[str, int]) -> None:
    """With a law that begins soon and the items that cite it."""
    reviewer = await people.editor(screen=screen)
    await reviewer.arrives(await house.account("和审核", role=Role.CONTENT_REVIEWER))
    await reviewer.go("/content/review")
    await expect(reviewer.page.get_by_role("heading", name="医疗保障法")).to_be_visible()
    await is_in_order(reviewer)


async def test_the_editor_walk(people: People, house: House) -> None:
    """Change, check, compare, look at it, second pair of eyes, publish: the public and the assistant have it at once."""
    before = await house.hall.assistant.part(CatalogueClient).index()
    assert before is not None
    author, colleague = await people.editor(), await people.editor()
    await author.arrives(await house.account("和编辑", role=Role.CONTENT_EDITOR))
    page = author.page
    await page.get_by_label("找事项").fill("失业保险金申领")
    await page.get_by_role("link", name="失业保险金申领").click()
    await page.get_by_role("button", name="改这个事项").click()
    await expect(page.locator("#status")).to_have_text("草稿")
    aliases = page.get_by_label("别的叫法")
    kept = await aliases.input_value()
    await aliases.fill(f"{kept}\n失业登记")
    await page.locator("#fields").get_by_role("button", name="保存草稿").click()
    await expect(page.locator("#aliases-wrong")).to_contain_text("「失业登记」和 LJ-JY-002 重了")
    await aliases.fill(f"{kept}\n饭碗钱")
    await page.locator("#fields").get_by_role("button", name="保存草稿").click()
    await expect(page.locator("#saved")).to_have_text("草稿已保存。")
    await expect(page.locator("#diff [data-kind=added]")).to_contain_text("饭碗钱")
    whole = page.locator("#yaml")
    text = await whole.input_value()
    await whole.fill(text.replace("charged: false", "charged: maybe"))
    await page.get_by_role("button", name="只检查").click()
    await expect(page.locator("#complaints")).to_contain_text("fee.charged：要写 true 或 false")
    await whole.fill(text)
    await page.get_by_role("button", name="只检查").click()
    await expect(page.locator("#saved")).to_have_text("没有要改的。")
    await page.locator("#whole").get_by_role("button", name="保存草稿").click()
    await expect(page.locator("#saved")).to_have_text("草稿已保存。")
    await page.get_by_role("link", name="预览指南").click()
    await expect(page.get_by_text("这是预览：第2版")).to_be_visible()
    await page.go_back()
    await page.get_by_label("改了什么").fill("加一个群众常说的叫法")
    await page.get_by_role("button", name="交给另一位编辑看").click()
    await expect(page.locator("#status")).to_have_text("等另一位编辑看")
    await expect(page.get_by_role("button", name="看过，发布")).to_have_count(0)
    await colleague.arrives(await house.account("木编辑", role=Role.CONTENT_EDITOR))
    await expect(colleague.page.locator("#items li").first).to_contain_text("等您看")
    await colleague.page.locator("#items a").first.click()
    await expect(colleague.page.locator("#diff [data-kind=added]")).to_contain_text("饭碗钱")
    await colleague.page.get_by_role("button", name="看过，发布").click()
    await expect(colleague.page.locator("#status")).to_have_text("正在用")
    await expect(colleague.page.locator("#history")).to_contain_text("木编辑（内容编辑）看过发布")
    index = await house.hall.assistant.part(CatalogueClient).index(before.version)
    assert index is not None
    assert "饭碗钱" in next(entry.aliases for entry in index.items if entry.code == "LJ-SY-001")
    await colleague.page.get_by_role("button", name="恢复第1版").click()
    await expect(colleague.page.locator("#diff [data-kind=removed]")).to_contain_text("饭碗钱")


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_the_editor_is_in_order(people: People, house: House, screen: dict[str, int]) -> None:
    """List and item, any screen, any type size."""
    editor = await people.editor(screen=screen)
    await editor.arrives(await house.account("和编辑", role=Role.CONTENT_EDITOR))
    await editor.page.get_by_text("导出和导入").click()
    await is_in_order(editor)
    await editor.go("/content/items/LJ-SY-001")
    await editor.page.get_by_role("button", name="改这个事项").click()
    await expect(editor.page.locator("#status")).to_have_text("草稿")
    await is_in_order(editor)
