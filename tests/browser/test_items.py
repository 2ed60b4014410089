"""Guides, lists and forms as people meet them."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.platform.permissions import Role
from tests.browser.conftest import NARROW, WIDE, People
from tests.browser.house import House
from tests.browser.people import Citizen
from tests.browser.test_every_page import SMALLEST, is_in_order

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
A4_POINTS = (595, 842)


async def test_from_a_life_event_to_the_guide_to_the_conversation(people: People) -> None:
    """失业了 -> 领失业金 -> 问导办: the question is written, and sent only by the person."""
    citizen = await people.citizen(screen=NARROW)
    await citizen.go("/items")
    await citizen.page.locator("#by-event summary").click()
    await citizen.page.get_by_role("link", name="失业了", exact=True).click()
    await expect(citizen.page.get_by_role("heading", name="失业了")).to_be_visible()
    await citizen.page.locator("#results").get_by_role("link", name="领失业金").first.click()
    main = citizen.page.get_by_role("main")
    await expect(main.get_by_role("heading", name="领失业金")).to_be_visible()
    await expect(main.locator("#materials")).to_contain_text("请别人代办的才要")
    await expect(main.get_by_role("img", name="办理流程图")).to_be_visible()
    await expect(main.locator(".step-list li")).to_have_count(await main.locator(".flowchart .box").count())
    await main.get_by_role("link", name="问导办").first.click()
    await citizen.is_connected()
    await expect(citizen.text).to_have_value("领失业金要带什么")
    await expect(citizen.own).to_have_count(0)
    await citizen.text.press("Enter")
    await expect(citizen.own).to_have_count(1)


async def test_searching_while_typing_and_without_scripts(people: People) -> None:
    """Everyday words and a typo; nothing found leads to a person; a browser without scripts gets the same list."""
    citizen = await people.citizen()
    await citizen.go("/items")
    box = citizen.page.get_by_label("想办什么事？")
    await box.fill("社宝卡丢了")
    results = citizen.page.locator("#results")
    await expect(results.get_by_role("link", name="社保卡挂失或解挂")).to_be_visible()
    await box.fill("qqqq")
    await expect(citizen.page.locator("#said")).to_have_text("没有找到「qqqq」")
    await expect(citizen.page.get_by_role("link", name="问导办")).to_be_visible()
    await box.fill("")
    await expect(citizen.page.get_by_role("heading", name="大家常办的")).to_be_visible()
    plain = await people.citizen(java_script_enabled=False)
    await plain.go("/items")
    await plain.page.get_by_label("想办什么事？").fill("社宝卡丢了")
    await plain.page.get_by_role("button", name="查找").click()
    await expect(plain.page.locator("#results").get_by_role("link", name="社保卡挂失或解挂")).to_be_visible()


FULLEST = ("LJ-SB-013", "LJ-ZC-002", "LJ-YL-007", "LJ-JY-005")
"""The guides with most on them."""


async def test_a_guide_prints_on_one_a4_in_16_points_with_boxes(people: People, house: House) -> None:
    """What is needed on the way, the centre's address and hours too once they are known; no buttons, no chart."""
    citizen = await people.citizen()
    known = {
        "address": "丽江市古城区某某街道某某路某某号",
        "phone": "0888-1234567",
        "office_hours": "周一到周五，上午9:00到12:00，下午1:30到5:00",
    }
    async with house.hall.staff(Role.CONTENT_EDITOR) as editor:
        assert (await editor.send("PATCH", "/catalogue/centre", known))[0] == 200
    for code in FULLEST:
        await citizen.go(f"/items/{code}")
        assert await printed_pages(citizen) == [A4_POINTS], code
    await citizen.go("/items/LJ-SY-001")
    assert await printed_pages(citizen) == [A4_POINTS]
    await citizen.page.emulate_media(media="print")
    main = citizen.page.get_by_role("main")
    size = await main.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert size == pytest.approx(16 * 96 / 72, 0.01)
    tick = main.locator(".list:not(.shared) > li").first
    border = await tick.evaluate("(one) => getComputedStyle(one, '::before').borderTopWidth")
    assert border == "2px"
    for words in ("授权委托书和代办人身份证", "12333", "窗口另外要材料的，请他说出是哪条规定要的", *known.values()):
        await expect(main.get_by_text(words).first).to_be_visible()
    await expect(main.locator(".flowchart")).to_be_hidden()
    await expect(main.get_by_role("button", name="打印")).to_be_hidden()


async def printed_pages(citizen: Citizen) -> list[tuple[int, int]]:
    """Size of each page in points."""
    pdf = await citizen.page.pdf(prefer_css_page_size=True)
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in found]


async def test_a_form_is_filled_on_the_screen_and_printed_filled(people: People) -> None:
    """Mistakes are told at the field; nothing leaves the page or stays in the browser; what is missing is named once."""
    citizen = await people.citizen()
    sent: list[str] = []
    await citizen.go("/items/LJ-SY-001/form")
    citizen.page.on("request", lambda request: sent.append(request.url))
    await citizen.page.evaluate("void (window.print = () => { window.printed = (window.printed || 0) + 1; })")
    name = citizen.page.get_by_label("姓名")
    await expect(name).to_have_attribute("placeholder", "例：和某某")
    await expect(citizen.page.locator("[data-field=leaving_reason]")).to_contain_text("被辞退的，离职原因却选了")
    await name.fill("和秀英")
    await citizen.page.get_by_label("身份证号码").fill("1234")
    await citizen.page.get_by_label("手机号码").fill("13800000001")
    await expect(citizen.page.get_by_text("身份证号码是18位")).to_be_visible()
    await citizen.page.get_by_label("身份证号码").fill("530799199003070018")
    await citizen.page.get_by_label("单位辞退或裁员").check()
    await expect(citizen.page.get_by_text("身份证号码是18位")).to_be_hidden()
    button = citizen.page.get_by_role("button", name="打印", exact=True)
    await button.click()
    await expect(citizen.page.locator("#left")).to_have_text(
        "还没填：原工作单位、离职日期。可以再点一次打印，用笔补上。"
    )
    await button.click()
    assert await citizen.page.evaluate("window.printed") == 1
    await citizen.page.emulate_media(media="print")
    await expect(citizen.page.locator("[data-field=name] .filled")).to_have_text("和秀英")
    await expect(citizen.page.locator("[data-field=name] .filled")).to_be_visible()
    await expect(citizen.page.locator("[data-field=name] .mistake")).to_be_hidden()
    await citizen.page.emulate_media(media="screen")
    assert "秀英" not in await citizen.stored_by_browser()
    await citizen.page.get_by_role("button", name="全部清空").click()
    await expect(name).to_have_value("")
    assert [url for url in sent if "/static/" not in url] == []


async def test_an_item_without_its_own_form_says_so(people: People) -> None:
    """The general form."""
    citizen = await people.citizen()
    await citizen.go("/items/LJ-SY-002/form")
    await expect(citizen.page.get_by_role("heading", name="通用申请表")).to_be_visible()
    await expect(citizen.page.locator("#general")).to_contain_text("没有专用的表，用这张通用申请表")


@pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
async def test_the_pages_are_in_order(people: People, screen: dict[str, int]) -> None:
    """Any screen, any type size, every control named and large enough."""
    citizen = await people.citizen(screen=screen)
    for path in ("/items", "/items?q=社保卡", "/items/LJ-GS-001", "/items/LJ-GS-001/form"):
        await citizen.go(path)
        await is_in_order(citizen)
