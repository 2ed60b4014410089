"""Over-long, empty, only symbols, scripts, full-width digits: a clear sentence, and nothing written is lost."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.browser.conftest import People
from tests.browser.house import House
from tests.browser.scripted import message
from tests.conftest import ID_NUMBER

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

TAG = "<script>alert(1)</script><img src=x onerror=alert(2)>&lt;b&gt;"


async def test_too_long_is_told_before_it_is_sent(people: People, house: House) -> None:
    """Counting near the limit; 500 go through, 501 stay in the box with a sentence."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.text.fill("好" * 440)
    await expect(citizen.page.locator("#count")).to_be_hidden()
    await citizen.text.fill("好" * 480)
    await expect(citizen.page.get_by_text("还能写20个字")).to_be_visible()
    await citizen.says("好" * 501)
    await expect(citizen.page.get_by_role("alert").filter(has_text="这段话有501个字，一次最多500个字")).to_be_visible()
    await expect(citizen.text).to_have_value("好" * 501)
    await expect(citizen.own).to_have_count(0)
    await citizen.says("好" * 500)
    await citizen.hears("听到了：好好")


@pytest.mark.parametrize("said", ["", "   ", "\n\n"], ids=["empty", "blanks", "line breaks"])
async def test_nothing_written(people: People, said: str) -> None:
    """A sentence with an example."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.text.fill(said)
    await citizen.page.get_by_role("button", name="发送").click()
    await expect(citizen.page.get_by_text("没有看到文字。请写一句您要问的话")).to_be_visible()
    await expect(citizen.own).to_have_count(0)


async def test_a_refused_message_keeps_its_text(people: People) -> None:
    """The sentence stands under the message, the text is back in the box; the next message clears it."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says("😀😀")
    refused = citizen.own.last
    await expect(refused).to_contain_text("没有发出去")
    await expect(refused.get_by_role("alert")).to_have_text("只看到表情或符号，没看懂。请用一句话说说您要办什么。")
    await expect(citizen.text).to_have_value("😀😀")
    assert "daoban.outbox" not in await citizen.stored_by_browser()
    await citizen.says("我想领失业金")
    await citizen.hears("听到了：我想领失业金")
    await expect(citizen.own).to_have_count(1)


async def test_what_is_being_written_is_not_overwritten_by_a_refusal(people: People, house: House) -> None:
    """Somebody already writes the next sentence when the refusal comes."""
    citizen = await people.citizen()
    await citizen.arrives()
    await house.disconnect()
    await expect(citizen.page.locator("#connection")).to_be_visible()
    await citizen.says("！！！")
    await citizen.text.fill("我想问问")
    await house.connect()
    await expect(citizen.own.last).to_contain_text("没有发出去")
    await expect(citizen.own.last).to_contain_text("！！！")
    await expect(citizen.text).to_have_value("我想问问")


async def test_tags_are_text_wherever_they_stand(people: People, house: House) -> None:
    """In a message, in an answer, on a button: shown as written, nothing is executed (a dialog would fail the test)."""
    house.assistant.when(TAG, message(TAG, [(TAG, "who:self")]))
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says(TAG)
    await citizen.hears(TAG)
    await expect(citizen.own.last).to_contain_text(TAG)
    await expect(citizen.page.get_by_role("button", name=TAG)).to_be_visible()
    assert await citizen.page.locator("#messages script, #messages img").count() == 0


async def test_full_width_digits_are_understood_and_masked(people: People, house: House) -> None:
    """An identity number typed with a Chinese keyboard is a number like any other."""
    citizen = await people.citizen()
    await citizen.arrives()
    await citizen.says(ID_NUMBER.translate({ord(str(digit)): 0xFF10 + digit for digit in range(10)}))
    await citizen.hears("听到了")
    note = house.assistant.heard[-1].identifiers[0]
    assert (note.kind, note.valid) == ("id", True)
    await expect(citizen.own.last).to_contain_text(note.masked)
