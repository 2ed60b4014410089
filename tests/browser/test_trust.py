"""Full numbers for a stated purpose, and the protection of one's own account."""

from __future__ import annotations

import re

import pyotp
import pytest
from playwright.async_api import expect

from tests.browser.conftest import People
from tests.browser.house import House
from tests.conftest import ID_NUMBER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_clerk_sees_a_full_number_for_a_purpose(people: People, house: House) -> None:
    """Masked until then; without a purpose the sentence stands at the field."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await expect(clerk.case).to_contain_text("530***********0018")
    await expect(clerk.case).not_to_contain_text(ID_NUMBER)
    await clerk.case.get_by_role("button", name="看完整号码").click()
    await expect(clerk.case.get_by_label("看来做什么用")).to_be_focused()
    await clerk.case.get_by_role("button", name="显示一分钟").click()
    await expect(clerk.case.get_by_text("请写明用途，至少4个字。")).to_be_visible()
    await clerk.case.get_by_label("看来做什么用").fill("电话核对申请人身份")
    await clerk.case.get_by_role("button", name="显示一分钟").click()
    await expect(clerk.case).to_contain_text(ID_NUMBER)


async def test_the_second_step_from_scanning_to_signing_in(people: People, house: House) -> None:
    """Set up on the account page, asked for at the next sign-in, switched off again."""
    account = await house.account("木丽华")
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.page.wait_for_url("**/counter")
    await clerk.go("/account")
    await expect(clerk.page.get_by_text("这个浏览器", exact=True)).to_be_visible()
    await clerk.page.get_by_label("现在的密码").fill("wrong")
    await clerk.page.get_by_role("button", name="开始设置").click()
    await expect(clerk.page.get_by_text("现在的密码不对，请再写一次。")).to_be_visible()
    await clerk.page.get_by_label("现在的密码").fill(account.password)
    await clerk.page.get_by_role("button", name="开始设置").click()
    await expect(clerk.page.get_by_role("img", name="两步登录的二维码")).to_have_js_property("complete", value=True)
    secret = await clerk.page.locator("#secret").inner_text()
    assert re.fullmatch("[A-Z2-7]{32}", secret)
    phone, now = pyotp.TOTP(secret), house.hall.clock.now()
    await clerk.page.get_by_label("6位验证码").fill(phone.at(now, counter_offset=-1))
    await clerk.page.get_by_role("button", name="打开两步登录").click()
    await expect(clerk.page.locator("#second-step-state")).to_contain_text("开着")

    await clerk.page.get_by_role("button", name="退出", exact=True).click()
    await clerk.page.wait_for_url("**/login")
    await clerk.signs_in(account)
    await expect(clerk.page.locator("#code-wrong")).to_contain_text("请再写手机验证器上的6位数字")
    await clerk.page.get_by_label("手机验证器上的6位数字").fill(phone.at(now))
    await clerk.page.get_by_role("button", name="登录").click()
    await clerk.page.wait_for_url("**/counter")
