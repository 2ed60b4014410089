"""The editors' page on understanding: teach a sentence, take it back, switch an item off."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.platform.permissions import Role
from tests.backend.test_understanding import replied
from tests.browser.conftest import NARROW, People
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_sentence_nobody_understood_is_attached_and_taken_back(people: People, house: House) -> None:
    """An editor finds the item in everyday words; the sentence leaves the list and stands among the taught."""
    await replied(house.hall, await house.hall.conversation(), "那个哪样卡咋个整", "not_understood")
    editor = await people.clerk(screen=NARROW)
    await editor.signs_in(await house.account("和编辑", role=Role.CONTENT_EDITOR))
    await editor.page.wait_for_url(lambda url: "/login" not in url)
    await editor.go("/content/understanding")
    await editor.page.get_by_role("button", name="挂到一件事上：那个哪样卡咋个整").click()
    await editor.page.get_by_label("找事项").fill("社保卡丢了补办")
    await editor.page.get_by_role("radio", name="补办").first.check()
    await editor.page.get_by_role("button", name="保存").click()
    await expect(editor.page.locator("#unclear")).to_contain_text("现在没有。")
    await expect(editor.page.locator("#taught")).to_contain_text("那个哪样卡咋个整")
    assert not await editor.scrolls_sideways()
    assert await editor.nameless_controls() == []
    await editor.page.get_by_role("button", name="不再这样听").click()
    await expect(editor.page.locator("#taught")).to_contain_text("还没有教过")


async def test_a_manager_switches_an_item_off_and_on(people: People, house: House) -> None:
    """What people are told is required; the list shows what is off."""
    manager = await people.clerk()
    await manager.signs_in(await house.account("木经理", role=Role.HALL_MANAGER))
    await manager.page.wait_for_url(lambda url: "/login" not in url)
    await manager.go("/hall/switches")
    await manager.page.get_by_role("button", name="马上停").click()
    await expect(manager.page.get_by_text("请选停哪一个。")).to_be_visible()
    await manager.page.get_by_label("哪件事").select_option("LJ-SY-001")
    await manager.page.get_by_role("button", name="马上停").click()
    await expect(manager.page.get_by_text("请写明告诉群众的话。")).to_be_visible()
    await manager.page.get_by_label("告诉群众的话").fill("失业金系统今天升级，明天再办。")
    await manager.page.get_by_role("button", name="马上停").click()
    await expect(manager.page.locator("#switches")).to_contain_text("LJ-SY-001")
    await manager.page.get_by_role("button", name="恢复").click()
    await expect(manager.page.locator("#switches")).to_contain_text("都照常答")
