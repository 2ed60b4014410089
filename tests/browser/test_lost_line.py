"""Lines that are lost, and an assistant that is not ready: nothing said is lost or doubled."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import People
from tests.browser.house import House
from tests.conftest import ID_NUMBER, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_the_page_is_there_while_the_assistant_warms_up(people: People, house: House) -> None:
    """It says so, takes what is written, and answers when it can."""
    house.assistant.ready = False
    await house.disconnect()
    await house.connect()
    citizen = await people.citizen()
    await citizen.arrives()
    warming = citizen.page.get_by_text("助手正在准备，请稍等，您可以先写下来")
    await expect(warming).to_be_visible()
    await citizen.says("你好")
    await expect(citizen.own.last).not_to_contain_text("正在发送")
    assert house.assistant.heard == []
    house.assistant.ready = True
    await citizen.hears("听到了：你好")
    await expect(warming).to_be_hidden()


async def test_a_line_lost_in_mid_conversation_comes_back(people: People, house: House) -> None:
    """A banner says so; what is written meanwhile is sent once the line is back, once; each line has a new ticket."""
    citizen = await people.citizen()
    lines: list[str] = []
    citizen.page.on("websocket", lambda line: lines.append(line.url))
    await citizen.arrives()
    await citizen.says("第一句")
    await citizen.hears("听到了：第一句")
    await house.disconnect()
    await expect(citizen.page.get_by_text("连接断了，正在重新连")).to_be_visible()
    await citizen.says("第二句")
    await expect(citizen.own.last).to_contain_text("正在发送")
    await house.connect()
    await citizen.hears("听到了：第二句")
    await expect(citizen.page.locator("#connection")).to_be_hidden()
    await expect(citizen.own).to_have_count(2)
    assert [turn.text for turn in house.assistant.heard] == ["第一句", "第二句"]
    assert lines[0].endswith("&after=0")
    assert lines[-1].endswith("&after=2")
    assert len({line.partition("&")[0] for line in lines}) == len(lines)


async def test_a_line_lost_while_the_answer_is_made(people: People, house: House) -> None:
    """The connectors die in mid-turn: the answer comes all the same, once."""
    house.assistant.may_answer.clear()
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("你好")
    await expect(citizen.page.locator("#typing")).to_be_visible()
    await house.disconnect()
    house.assistant.may_answer.set()
    await house.connect()
    await citizen.hears("听到了：你好")
    await expect(citizen.answers).to_have_count(1)
    assert len({turn.message_id for turn in house.assistant.heard}) == 1


async def test_what_was_not_sent_outlives_a_closed_page(people: People, house: House) -> None:
    """The outbox is kept on the device; a new page sends it with the same id."""
    citizen = await people.citizen()
    await citizen.arrives()
    await house.disconnect()
    await expect(citizen.page.locator("#connection")).to_be_visible()
    await citizen.says("断线时写的")
    await citizen.page.reload()
    await expect(citizen.own.last).to_contain_text("断线时写的")
    await expect(citizen.own.last).to_contain_text("正在发送")
    await house.connect()
    await citizen.hears("听到了：断线时写的")
    await expect(citizen.own).to_have_count(1)
    assert "断线时写的" not in await citizen.stored_by_browser()


async def test_who_closes_the_page_while_a_number_waits_is_asked_first(people: People, house: House) -> None:
    """Nothing is said to be safe that is not; what holds no number is."""
    citizen = await people.citizen()
    await citizen.arrives()
    await house.disconnect()
    await citizen.says("断线时写的")
    await expect(citizen.page.locator("#connection")).to_contain_text("您写的不会丢")
    await citizen.says(f"电话{PHONE}")
    async with citizen.page.expect_event("dialog") as asked:
        await citizen.page.close(run_before_unload=True)
    dialog = await asked.value
    assert dialog.type == "beforeunload"
    await dialog.dismiss()
    citizen.troubles.clear()  # the question was wanted
    await house.connect()
    await expect(citizen.answers).to_have_count(2)


FULL_WIDTH = ID_NUMBER.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)})


@pytest.mark.parametrize(
    "said",
    [
        ID_NUMBER,
        f"电话{PHONE}",
        f"{ID_NUMBER[:6]} {ID_NUMBER[6:14]}-{ID_NUMBER[14:]}",
        FULL_WIDTH,
        "，".join(PHONE),
        "一三八零零零零零零零一",
    ],
    ids=["plain", "phone", "spaced", "full-width", "singly", "Chinese numerals"],
)
async def test_a_number_waits_in_memory_only(people: People, house: House, said: str) -> None:
    """While the line is down it is shown as being sent, and sent later, but never stored in the browser."""
    citizen = await people.citizen()
    await citizen.arrives()
    await house.disconnect()
    await expect(citizen.page.locator("#connection")).to_be_visible()
    await citizen.says(said)
    await expect(citizen.own.last).to_contain_text("正在发送")
    assert "daoban.outbox" not in await citizen.stored_by_browser()
    await expect(citizen.page.locator("#connection")).to_contain_text("请别关、别刷新这一页")
    await house.connect()
    await citizen.hears("听到了")
    await expect(citizen.own.last).not_to_contain_text(said)
