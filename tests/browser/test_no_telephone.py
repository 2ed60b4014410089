"""Somebody without a telephone is served at the counter; a number written into a note is read again."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import NARROW, People
from tests.browser.house import House
from tests.conftest import ID_NUMBER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_somebody_without_any_telephone_is_served(people: People, house: House) -> None:
    """The form takes 没有手机 and says what that means; the case, its row and its paper say so too."""
    account = await house.account("木丽华")
    clerk = await people.clerk(screen=NARROW)
    await clerk.signs_in(account)
    await expect(clerk.page.get_by_text("这里没有件。")).to_be_visible()
    await clerk.go("/counter/new")
    await clerk.page.get_by_label("事项").fill("领失业金")
    await clerk.page.get_by_role("button", name="领失业金").first.click()
    await clerk.page.get_by_role("button", name="出告知书，开始填表").click()
    await expect(clerk.page.get_by_text("请先问清楚，选一个。")).to_be_visible()
    await expect(clerk.page.get_by_label("请别人代办")).to_be_focused()
    await clerk.page.get_by_label("本人办").check()
    await expect(clerk.page.get_by_text("请先问清楚，选一个。")).to_have_count(0)
    await clerk.page.get_by_role("button", name="出告知书，开始填表").click()
    await clerk.page.get_by_label("姓名").fill("和秀英")
    await clerk.page.get_by_label("身份证号码").fill(ID_NUMBER)
    await clerk.page.get_by_label("谁的手机").select_option("没有手机")
    await expect(clerk.page.get_by_label("手机号码")).to_be_disabled()
    await expect(clerk.page.get_by_text("没有手机，收不到通知")).to_be_visible()
    await clerk.page.get_by_label("原工作单位").fill("古城酒店")
    await clerk.page.get_by_label("离职日期").fill("10月31号")
    await clerk.page.get_by_label("离职原因").select_option("单位辞退或裁员")
    for wide in (360, 1280):
        await clerk.page.set_viewport_size({"width": wide, "height": 800})
        assert not await clerk.scrolls_sideways()
    await clerk.page.get_by_role("button", name="念给群众听过，提交").click()
    await clerk.page.wait_for_url("**/counter?case=*")
    await clerk.sees_state("等受理")
    await expect(clerk.case.locator("#contact")).to_contain_text("打印给他")
    await expect(clerk.case).to_contain_text("没有手机，凭文书和证件到窗口查")
    await expect(clerk.queue).to_contain_text("证件尾号0018")
    await expect(clerk.queue).not_to_contain_text("手机尾号")
    await clerk.does("受理", note="原件在路上，先受理")
    await clerk.sees_state("办理中")
    await clerk.go(str(await clerk.case.get_by_role("link", name="打印文书").get_attribute("href")))
    await expect(clerk.page.get_by_text("您没有留手机")).to_be_visible()


async def test_a_number_in_a_note_is_read_again(people: People, house: House) -> None:
    """With the purpose, for a minute, beside the form's own numbers."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await clerk.page.locator("#note-text").fill("儿子的电话13900000007")
    await clerk.page.get_by_role("button", name="记下").click()
    await expect(clerk.page.locator("#note-list")).to_contain_text("139****0007")
    await expect(clerk.case).to_contain_text("备注和经过里写的1个号码也一起显示")
    await clerk.page.get_by_role("button", name="看完整号码").click()
    await clerk.page.get_by_label("看来做什么用").fill("打电话请他来")
    await clerk.page.get_by_role("button", name="显示一分钟").click()
    await expect(clerk.case).to_contain_text("13900000007")
    await expect(clerk.case).to_contain_text(ID_NUMBER)
