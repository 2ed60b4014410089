"""The calendar page: a day noted and taken back, many pasted, what is wrong said at its field; fits any screen."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.platform.permissions import Role
from tests.browser.conftest import WIDE, People
from tests.browser.house import House
from tests.browser.test_every_page import SMALLEST, is_in_order

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_the_hall_manager_keeps_the_calendar(people: People, house: House, screen: dict[str, int]) -> None:
    """The applicant hears of the new date by themselves."""
    citizen = await people.citizen()
    await citizen.arrives()
    await house.hall.submitted(await citizen.conversation_id())
    account = await house.account("和建军", role=Role.HALL_MANAGER)
    manager = await people.clerk(screen=screen)
    await manager.signs_in(account)
    page = manager.page
    await page.get_by_role("link", name="工作日历").click()
    await expect(page.get_by_role("heading", name="工作日历：2026年")).to_be_visible()
    await is_in_order(manager)

    await page.get_by_label("哪一天").fill("2026-12-01")
    await page.get_by_role("button", name="记下", exact=True).click()
    await expect(page.get_by_text("请写一句原因")).to_be_visible()
    await expect(page.get_by_label("哪一天")).to_have_value("2026-12-01")
    await page.get_by_label("原因").fill("县里放假")
    await page.get_by_role("button", name="记下", exact=True).click()
    await expect(page.get_by_role("status").filter(has_text="记下了")).to_be_visible()
    await expect(page.locator("#own")).to_contain_text("2026年12月1日")
    await expect(page.locator('[data-day="2026-12-01"]')).to_contain_text("休")
    await expect(citizen.conversation).to_contain_text("最晚2026年12月8日办好")

    await page.get_by_label("一行写一天或一段").fill("2026-12-05 上班 补班\n后天 休 过节")
    await page.get_by_role("button", name="都记下").click()
    await expect(page.get_by_text("第2行读不懂")).to_be_visible()
    await page.get_by_label("一行写一天或一段").fill("2026-12-05 上班 补班")
    await page.get_by_role("button", name="都记下").click()
    await expect(page.locator('[data-day="2026-12-05"]')).to_contain_text("班")
    await is_in_order(manager)

    await page.get_by_role("button", name="去掉2026年12月1日").click()
    await expect(page.get_by_role("status").filter(has_text="去掉了")).to_be_visible()
    await expect(page.locator("#own .own-day")).to_have_count(1)

    await page.get_by_role("link", name="2027年", exact=True).click()
    await page.get_by_role("button", name="录全了", exact=True).click()
    await expect(page.get_by_text("不再标「暂定」。").first).to_be_visible()
    await is_in_order(manager)
