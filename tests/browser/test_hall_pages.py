"""Pages of those who run the hall: requests at the desk, accounts, the emergency notice."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.client.feedback import FeedbackClient
from backend.contracts.feedback import NewRating
from backend.platform.permissions import Role
from tests.backend.test_assistance import asks_for_a_person
from tests.backend.test_feedback import complains
from tests.browser.conftest import People
from tests.browser.house import Account, House
from tests.browser.people import Clerk, Person

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def at(people: People, house: House, name: str, role: Role, path: str) -> Clerk:
    """Somebody of a role, signed in and at a page."""
    clerk = await people.clerk()
    await clerk.signs_in(await house.account(name, role=role, units=() if role is Role.DESK_GUIDE else ("SY",)))
    await clerk.page.wait_for_url(lambda url: not url.endswith("/login"))
    await clerk.go(path)
    return clerk


async def fits(person: Person) -> None:
    """On a telephone and on a desk: nothing runs out sideways, every control has its name."""
    for wide in (360, 1280):
        await person.page.set_viewport_size({"width": wide, "height": 800})
        assert not await person.scrolls_sideways()
        assert await person.nameless_controls() == []


async def test_a_request_is_taken_and_finished_at_the_desk(people: People, house: House) -> None:
    """It comes by itself; one takes it, the other sees who; the result is asked for at its field and stays for colleagues."""
    guide = await at(people, house, "杨导询", Role.DESK_GUIDE, "/desk")
    leader = await at(people, house, "木领导", Role.DUTY_LEADER, "/desk")
    await expect(guide.page.get_by_text("现在没有人等。")).to_be_visible()
    await asks_for_a_person(house.hall, "我要找人")
    waiting = guide.page.locator("#waiting")
    await expect(waiting).to_contain_text("我要找人")
    await fits(guide)
    await guide.page.get_by_role("button", name="我来接：要找工作人员").click()
    await expect(waiting).to_contain_text("现在没有人等。")
    await expect(leader.page.locator("#taken")).to_contain_text("杨导询")
    await guide.page.get_by_role("button", name="办完了：要找工作人员").click()
    await guide.dialog.get_by_role("button", name="办完了").click()
    await expect(guide.dialog.get_by_text("请写一句结果，别人接着办的时候看得到。")).to_be_visible()
    await guide.dialog.get_by_label("结果（同事看）").fill("请他到3号窗口")
    await guide.dialog.get_by_role("button", name="办完了").click()
    await expect(guide.dialog).to_be_hidden()
    await leader.page.get_by_text("今天办完的（1）").click()
    await expect(leader.page.locator("#done")).to_contain_text("请他到3号窗口")


async def test_a_long_wait_is_told_in_hours_and_days(people: People, house: House) -> None:
    """Nobody reckons 1,500 minutes into a day."""
    guide = await at(people, house, "杨导询", Role.DESK_GUIDE, "/desk")
    told = await guide.page.evaluate(
        "async (minutes) => { const { span } = await import('/static/shell/dates.js'); return minutes.map(span); }",
        [1, 59, 60, 135, 1440, 1500, 4335],
    )
    assert told == ["1分钟", "59分钟", "1小时", "2小时15分钟", "1天", "1天1小时", "3天"]


async def test_accounts_are_looked_after_on_their_page(people: People, house: House) -> None:
    """A guide is made and can sign in; a clerk's password is given anew at once; a leader's waits for a second person."""
    clerk = await house.account("木丽华")
    leads = await house.account("杨领导", role=Role.DUTY_LEADER)
    manager = await at(people, house, "木经理", Role.HALL_MANAGER, "/hall/accounts")
    page = manager.page
    await page.get_by_role("button", name="新建账号").click()
    await page.locator("#dialog").get_by_role("button", name="保存").click()
    await expect(page.locator("#dialog .wrong:visible").first).not_to_be_empty()
    await page.get_by_label("用户名").fill("he.lihua")
    await page.get_by_label("姓名").fill("和丽华")
    await page.get_by_label("导询").first.check()
    await page.locator("#dialog").get_by_role("button", name="保存").click()
    await expect(page.locator("#told-username")).to_have_text("he.lihua")
    made = Account("he.lihua", str(await page.locator("#told-password").text_content()), "和丽华")
    await page.get_by_role("button", name="记下了").click()
    await expect(page.locator('[data-username="he.lihua"]')).to_contain_text("还没改首次密码")
    await page.get_by_role("button", name=f"重设密码：{clerk.name}").click()
    await page.locator("#ask").get_by_role("button", name="确定").click()
    await expect(page.locator("#told-username")).to_have_text(clerk.username)
    await page.get_by_role("button", name="记下了").click()
    await page.get_by_role("button", name=f"重设密码：{leads.name}").click()
    await page.locator("#ask").get_by_role("button", name="确定").click()
    await expect(page.locator("#proposals")).to_contain_text(leads.username)
    await expect(page.get_by_role("button", name=f"同意：{leads.username}", exact=True)).to_have_count(0)
    await fits(manager)
    operator = await at(people, house, "李运维", Role.OPERATOR, "/hall/accounts")
    await operator.page.get_by_role("button", name=f"同意：{leads.username}", exact=True).click()
    await expect(operator.page.locator("#told-username")).to_have_text(leads.username)
    guide = await people.clerk()
    await guide.signs_in(made)
    await guide.page.wait_for_url("**/password")


async def test_an_emergency_notice_is_seen_before_it_is_sent(people: People, house: House) -> None:
    """As citizens will see it; nothing goes out until somebody says that they have read it."""
    citizen = await people.citizen()
    manager = await at(people, house, "木经理", Role.HALL_MANAGER, "/hall/switches")
    sentence = "今天下午停电，大厅三点关门，网上照常办。"
    await manager.page.get_by_role("button", name="看看效果，再发").click()
    await expect(manager.page.get_by_text("请写明告诉群众的话。")).to_be_visible()
    await manager.page.get_by_label("写给群众的话").fill(sentence)
    await manager.page.get_by_role("button", name="看看效果，再发").click()
    await expect(manager.page.locator("#preview-banner")).to_have_text(sentence)
    await fits(manager)
    await manager.dialog.get_by_role("button", name="就这样发").click()
    await expect(manager.dialog.get_by_text("请先看一遍，再勾上这一句。")).to_be_visible()
    await manager.dialog.get_by_role("button", name="再改改").click()
    await citizen.go("/items")
    await expect(citizen.page.locator("#emergency")).to_be_hidden()
    await expect(manager.page.get_by_label("写给群众的话")).to_have_value(sentence)
    await manager.page.get_by_role("button", name="看看效果，再发").click()
    await manager.dialog.get_by_label("看过了").check()
    await manager.dialog.get_by_role("button", name="就这样发").click()
    await expect(manager.page.locator("#notice-now")).to_have_text(sentence)
    await citizen.page.reload()
    await expect(citizen.page.locator("#emergency")).to_have_text(sentence)


async def test_a_complaint_is_answered_on_its_page(people: People, house: House) -> None:
    """An empty answer is asked for at its field; what is answered moves down, a bad rating shows its reason."""
    conversation = await house.hall.conversation()
    await complains(house.hall, conversation, "3号窗口让我跑了三趟")
    part = house.hall.assistant.part(FeedbackClient)
    await part.rate(conversation, NewRating(level=1, reasons=("trips",)), key=house.hall.key())
    manager = await at(people, house, "木经理", Role.HALL_MANAGER, "/hall/feedback")
    await expect(manager.page.locator("#open")).to_contain_text("跑了三趟")
    await expect(manager.page.get_by_text("多跑了路")).to_be_visible()
    await fits(manager)
    await manager.page.get_by_role("button", name="答复").click()
    await manager.dialog.get_by_role("button", name="答复", exact=True).click()
    await expect(manager.dialog.get_by_text("请写上答复。")).to_be_visible()
    await manager.dialog.get_by_label("他在对话里读到的话").fill("查实了，已经改了告知单。")
    await manager.dialog.get_by_role("button", name="答复", exact=True).click()
    await expect(manager.page.locator("#open")).to_contain_text("现在没有要答复的。")
    await manager.page.get_by_text("最近30天答复的（1）").click()
    await expect(manager.page.get_by_text("查实了，已经改了告知单。")).to_be_visible()
