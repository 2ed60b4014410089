"""The print sheet of a one-time notice."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import expect

from backend.client.notices import NoticesClient
from backend.contracts.notices import LineKind, NoticeRequest
from tests.browser.conftest import People
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
A4_POINTS = (595, 842)


async def test_the_sheet_says_everything_and_prints_on_a4(people: People, house: House) -> None:
    """Number, QR code, every line in its group, limit, fee, place, basis, the promise; on one page of A4, never below 11 pt."""
    conversation = await house.hall.conversation()
    notice = await house.hall.assistant.part(NoticesClient).issue(
        NoticeRequest(item="LJ-SY-001", situation={"by_proxy": True}), conversation=conversation, key=house.hall.key()
    )
    citizen = await people.citizen()
    await citizen.go(notice.page)
    sheet = citizen.page.get_by_role("main")
    for words in (
        notice.number_text, notice.item_name, notice.time_limits_text, notice.fee_text, notice.hall,
        "窗口另外要材料的，请他说出是哪条规定要的", *notice.legal_basis, *notice.to_confirm, *notice.situation_text,
    ):  # fmt: skip
        await expect(sheet).to_contain_text(words)
    for line in notice.lines:
        await expect(sheet.locator(f"[data-kind={line.kind}]")).to_contain_text(line.name)
    boxes = sheet.locator(".list:not(.shared) > li")
    await expect(boxes).to_have_count(sum(line.kind is not LineKind.NOT_ASKED for line in notice.lines))
    await expect(sheet.get_by_role("img", name="二维码")).to_be_visible()
    pdf = await citizen.page.pdf(prefer_css_page_size=True)
    pages = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert len(pages) == 1
    assert {(round(float(width)), round(float(height))) for width, height in pages} == {A4_POINTS}
    await citizen.page.emulate_media(media="print")
    size = await sheet.evaluate("(one) => parseFloat(getComputedStyle(one).fontSize)")
    assert size + 0.01 >= 11 * 96 / 72
    await expect(citizen.page.get_by_role("button", name="打印")).to_be_hidden()


async def test_an_unknown_number_is_a_page_with_a_sentence(people: People) -> None:
    """Not a wall of JSON."""
    citizen = await people.citizen()
    await citizen.go("/notice/123456789012")
    await expect(citizen.page.get_by_role("heading", name="找不到告知书")).to_be_visible()
    await citizen.page.get_by_role("link", name="回首页").click()
    await expect(citizen.page.get_by_role("heading", name="您好，要办什么事？")).to_be_visible()
