"""What holds for every page: fits any screen, every control has a name and room for a finger, works by keyboard."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from backend.client.notices import NoticesClient
from backend.contracts.cards import CaseCard, NoticeCard
from backend.contracts.notices import NoticeRequest
from backend.contracts.replies import Reply
from backend.contracts.turns import Turn
from tests.browser.conftest import WIDE, People
from tests.browser.house import House
from tests.browser.people import Person
from tests.browser.scripted import message, reply

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

SMALLEST = {"width": 360, "height": 640}
SCREENS = pytest.mark.parametrize("screen", [SMALLEST, WIDE], ids=["360", "1280"])
SIZES = 3


async def is_in_order(person: Person) -> None:
    """In every type size."""
    for _ in range(SIZES):
        assert not await person.scrolls_sideways(), await person.page.evaluate("document.documentElement.dataset.size")
        assert await person.nameless_controls() == []
        assert await person.small_targets() == []
        await person.page.locator("#size").click()
    assert await person.page.evaluate("document.documentElement.lang") == "zh-CN"
    await expect(person.page.locator("h1:visible, .case:visible h2")).not_to_have_count(0)


@SCREENS
async def test_the_conversation(people: People, house: House, screen: dict[str, int]) -> None:
    """With long words, buttons and both large cards."""

    async def show(conversation: str, _turn: Turn) -> Reply:
        notice = await house.hall.assistant.part(NoticesClient).issue(
            NoticeRequest(item="LJ-SY-001"), conversation=conversation, key=house.hall.key()
        )
        case = await house.hall.submitted(conversation)
        return reply(
            message("W" * 200, card=NoticeCard(notice=notice)),
            message("好的", [("一" * 60, "item:x"), ("二", "item:y")], card=CaseCard.of(case)),
        )

    house.assistant.does("都给我看", show)
    citizen = await people.citizen(screen=screen)
    await citizen.arrives()
    await citizen.says("都给我看")
    await expect(citizen.card("case")).to_be_visible()
    await is_in_order(citizen)


@SCREENS
async def test_the_counter(people: People, house: House, screen: dict[str, int]) -> None:
    """Queue, case and dialog."""
    account = await house.account("木丽华")
    case = await house.hall.submitted(await house.hall.conversation())
    clerk = await people.clerk(screen=screen)
    await clerk.signs_in(account)
    await expect(clerk.queue).to_have_count(1)
    await is_in_order(clerk)
    await clerk.opens(str(case.number_text))
    await is_in_order(clerk)
    await clerk.begins("要求补正")
    assert not await clerk.scrolls_sideways()
    assert await clerk.nameless_controls() == []
    await clerk.page.keyboard.press("Escape")
    await expect(clerk.dialog).to_be_hidden()


@SCREENS
async def test_the_other_pages(people: People, house: House, screen: dict[str, int]) -> None:
    """Notice, login, password, an error."""
    conversation = await house.hall.conversation()
    notice = await house.hall.assistant.part(NoticesClient).issue(
        NoticeRequest(item="LJ-SY-001"), conversation=conversation, key=house.hall.key()
    )
    account = await house.account("木丽华", first_password=True)
    clerk = await people.clerk(screen=screen)
    for path in (notice.page, "/nowhere", "/login"):
        await clerk.go(path)
        await is_in_order(clerk)
    await clerk.signs_in(account)
    await clerk.page.wait_for_url("**/password")
    await is_in_order(clerk)


async def test_by_keyboard_alone(people: People, house: House) -> None:
    """Skip link first; a start is reached and pressed; a button of an answer too, and the keyboard goes on to writing."""
    house.assistant.when("领失业金要带什么", message("哪一种？", [("本人办", "who:self")]))
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.page.keyboard.press("Tab")
    await expect(citizen.page.get_by_role("link", name="跳到正文")).to_be_focused()
    await citizen.page.keyboard.press("Enter")
    await expect(citizen.page.get_by_role("main")).to_be_focused()
    start = citizen.page.get_by_role("button", name="领失业金要带什么")
    for _ in range(4):
        await citizen.page.keyboard.press("Tab")
        if await start.evaluate("(one) => one === document.activeElement"):
            break
    await expect(start).to_be_focused()
    outline = await start.evaluate("(one) => getComputedStyle(one).outlineStyle")
    assert outline == "solid"
    await citizen.page.keyboard.press("Enter")
    choice = citizen.page.get_by_role("button", name="本人办")
    await choice.focus()
    await citizen.page.keyboard.press("Enter")
    await citizen.hears("听到了：who:self")
    await expect(citizen.text).to_be_focused()


async def test_who_wants_no_motion_sees_none(people: People, house: House) -> None:
    """prefers-reduced-motion."""
    house.assistant.may_answer.clear()
    citizen = await people.citizen(reduced_motion="reduce")
    await citizen.arrives()
    await citizen.says("你好")
    dot = citizen.page.locator("#typing i").first
    await expect(dot).to_be_visible()
    assert await dot.evaluate("(one) => getComputedStyle(one).animationName") == "none"
