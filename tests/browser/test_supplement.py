"""Asking the applicant for what lacks: with a day, and once; a second time needs a reason that the lead reads."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.client.cases import CasesClient
from backend.contracts.cases import NewStatement
from backend.platform.permissions import Role
from tests.browser.conftest import People
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_second_supplement_needs_a_reason_that_the_lead_reads(people: People, house: House) -> None:
    """The first is three presses; the second is complained of at the field until it is explained."""
    account, leads = await house.account("木丽华"), await house.account("杨组长", role=Role.UNIT_LEAD)
    case = await house.hall.submitted(await house.hall.conversation())
    clerk, lead = await people.clerk(), await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await clerk.page.keyboard.press("b")
    await expect(clerk.dialog.get_by_label("为什么上次没有告知")).to_have_count(0)
    await clerk.confirms("要求补正")
    await clerk.sees_state("等补正")
    await clerk.does("补正材料已收到")
    await clerk.begins("要求补正")
    await clerk.dialog.get_by_label("请申请人在哪天前补好").fill("")
    await clerk.confirms("要求补正")
    await expect(clerk.dialog.get_by_text("请写明申请人最晚哪天补好。")).to_be_visible()
    await expect(clerk.dialog.get_by_text("请写为什么上次没有告知。")).to_be_visible()
    await clerk.dialog.get_by_label("请申请人在哪天前补好").fill("2026-12-04")
    await clerk.dialog.get_by_text("本人身份证或社会保障卡").click()  # it came, and is asked for again
    await clerk.dialog.get_by_label("为什么上次没有告知").fill("交来的照片看不清")
    await clerk.confirms("要求补正")
    await clerk.sees_state("等补正")
    await expect(clerk.case).to_contain_text("为什么再要：交来的照片看不清")
    await lead.signs_in(leads)
    await lead.page.wait_for_url(lambda url: not url.endswith("/login"))
    await lead.go("/hall/workload")
    again = lead.page.locator("#again")
    for words in ("交来的照片看不清", "以前告知过：本人身份证或社会保障卡", str(case.number_text)):
        await expect(again).to_contain_text(words)
    for wide in (1280, 360):
        await lead.page.set_viewport_size({"width": wide, "height": 800})
        assert not await lead.scrolls_sideways()


async def test_what_the_applicant_says_stands_on_the_case(people: People, house: House) -> None:
    """Beside what is asked for, with its line and time; after the decision the page says what can be done about it."""
    account = await house.account("木丽华")
    conversation = await house.hall.conversation()
    case = await house.hall.submitted(conversation)
    clerk = await people.clerk()
    await clerk.signs_in(account)
    await clerk.opens(str(case.number_text))
    await clerk.does("要求补正")
    await clerk.sees_state("等补正")
    said = NewStatement(line=0, text="身份证丢了，下周二才补得到")
    await house.hall.assistant.part(CasesClient).state(case.id, said, conversation=conversation, key=house.hall.key())
    told = clerk.page.locator("#statements")
    await expect(told).to_contain_text("本人身份证或社会保障卡：身份证丢了，下周二才补得到")
    await expect(told).to_contain_text("申请人，在对话里说的")
    for wide in (1280, 360):
        await clerk.page.set_viewport_size({"width": wide, "height": 800})
        assert not await clerk.scrolls_sideways()
    await clerk.page.set_viewport_size({"width": 1280, "height": 800})
    await clerk.does("补正材料已收到")
    await clerk.does("不予受理", note="缴费不满一年")
    await expect(clerk.case).to_contain_text("最晚2027年1月22日可以申请行政复议")
