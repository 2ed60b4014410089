"""The page of an evaluation: an editor uploads a report, reads it at any width, and does something about each question."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import FilePayload, expect

from backend.client.catalogue import CatalogueClient
from backend.platform.permissions import Role
from tests.browser.conftest import NARROW, WIDE, People
from tests.browser.house import House
from tests.browser.people import Clerk
from tests.conftest import ID_NUMBER
from tests.reports import LONG_STORY, LOST_CARD, report

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]
PAGE = "/content/understanding/report"


def file(content: Any, name: str = "十一月.json") -> FilePayload:
    """A file to upload."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


async def editor(people: People, house: House, screen: dict[str, int]) -> Clerk:
    """A content editor at the page."""
    person = await people.clerk(screen=screen)
    await person.signs_in(await house.account("和编辑", role=Role.CONTENT_EDITOR))
    await person.page.wait_for_url(lambda url: "/login" not in url)
    await person.go(PAGE)
    return person


async def uploads(person: Clerk, payload: FilePayload) -> None:
    """Upload a report; the page opens its form by itself where there is no report yet."""
    box = person.page.locator("details", has=person.page.locator("#upload"))
    if not await box.evaluate("(one) => one.open"):
        await box.locator("summary").click()
    await person.page.get_by_label("报告文件").set_input_files(payload)
    await person.page.get_by_role("button", name="上传", exact=True).click()


async def picture(person: Clerk, name: str) -> None:
    """Keep what the page looks like where DAOBAN_PICTURES names a folder."""
    folder = os.environ.get("DAOBAN_PICTURES")
    if folder:
        await person.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


async def test_a_bad_file_is_refused_in_plain_words_and_a_good_one_is_read(people: People, house: House) -> None:
    """No number of anybody is on the page; a narrow screen scrolls only downwards."""
    person = await editor(people, house, NARROW)
    await expect(person.page.get_by_text("还没有评测过")).to_be_visible()
    await picture(person, "empty-390")
    await uploads(person, file('{"questions": [', "坏的.json"))
    await expect(person.page.locator("#file-wrong")).to_contain_text("这个文件读不出来")
    await uploads(person, file({"hello": 1}, "别的.json"))
    await expect(person.page.locator("#file-wrong")).to_contain_text("这个文件不是评测报告")
    await uploads(person, file(report()))
    await expect(person.page.locator("#mixed")).to_contain_text(LOST_CARD)
    await expect(person.page.get_by_role("row", name="社会保障卡")).to_contain_text("题少，只作参考")
    for summary in await person.page.locator(".kind > summary").all():
        if not await summary.evaluate("(one) => one.parentElement.open"):
            await summary.click()
    await expect(person.page.locator("[data-mistake=not_understood]")).to_contain_text("（号码）断缴两个月")
    assert ID_NUMBER not in await person.page.content()
    assert not await person.scrolls_sideways()
    assert await person.nameless_controls() == []
    assert await person.small_targets() == []
    await picture(person, "report-390")


async def test_each_question_is_attached_or_put_aside_and_does_not_come_again(people: People, house: House) -> None:
    """The labelled item is chosen already; a long story is shortened first; what was put aside can be taken back."""
    person = await editor(people, house, WIDE)
    await uploads(person, file(report()))
    page = person.page
    await page.get_by_role("button", name=f"挂到对的地方：{LOST_CARD}").click()
    await expect(page.get_by_role("radio", name="（标注的）")).to_be_checked()
    await picture(person, "dialog-1280")
    await page.get_by_role("button", name="保存").click()
    await expect(page.get_by_role("status").filter(has_text="挂好了")).to_be_visible()
    index = await house.hall.assistant.part(CatalogueClient).index()
    assert index is not None
    assert next(entry for entry in index.items if entry.code == "LJ-XX-004").taught == (LOST_CARD,)

    await page.locator("[data-mistake=other_item] > summary").click()
    await page.get_by_role("button", name=f"挂到对的地方：{LONG_STORY}").click()
    await page.get_by_role("button", name="保存").click()
    await expect(page.locator("#sentence-wrong")).to_contain_text("请写2到200个字")
    await page.get_by_role("textbox", name="这句话").fill("老板喊我不用来了")
    await page.get_by_role("button", name="保存").click()

    await page.locator("[data-mistake=taken_for_ours] > summary").click()
    await page.get_by_role("button", name="标注不对：公积金怎么提").click()
    await expect(page.get_by_text("记下了：标注不对")).to_be_visible()
    await page.reload()
    await expect(page.locator("[data-mistake=answered_wrong]")).to_have_count(0)
    await page.locator("#settled > summary").click()
    await expect(page.locator("#settled")).to_contain_text(LOST_CARD)
    await picture(person, "settled-1280")
    await page.get_by_role("button", name="拿回来：公积金怎么提").click()
    await expect(page.get_by_text("拿回来了")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="标注不对：公积金怎么提")).to_be_visible()


async def test_a_policy_question_is_attached_to_a_policy_answer(people: People, house: House) -> None:
    """Policy answers stand among what can be chosen, found by everyday words."""
    person = await editor(people, house, NARROW)
    await uploads(person, file(report()))
    await person.page.locator("[data-mistake=not_understood] > summary").click()
    await person.page.get_by_role("button", name="挂到对的地方：我（号码）断缴两个月").click()
    await person.page.get_by_role("textbox", name="这句话").fill("断缴两个月要不要补")
    await person.page.get_by_label("都不是").fill("断缴补缴")
    await person.page.get_by_role("radio", name="政策问答").first.check()
    assert not await person.scrolls_sideways()
    await picture(person, "dialog-390")
    await person.page.get_by_role("button", name="保存").click()
    await expect(person.page.get_by_role("status").filter(has_text="挂好了：政策问答")).to_be_visible()


async def test_two_reports_are_compared(people: People, house: House) -> None:
    """What became right and what became wrong, each with its text; the item opens in the editor."""
    person = await editor(people, house, WIDE)
    await uploads(person, file(report()))
    await expect(person.page.locator("#mixed")).to_contain_text(LOST_CARD)
    await uploads(person, file(report(better=True), "改过以后.json"))
    await expect(person.page.locator("#of")).to_contain_text("改过以后")
    await person.page.get_by_label("看哪一份").select_option(label=label_part("改过以后", await options(person, "of")))
    await person.page.get_by_label("和哪一份比").select_option(
        label=label_part("十一月", await options(person, "before"))
    )
    await person.page.get_by_role("button", name="看", exact=True).click()
    compared = person.page.locator("#compared")
    await expect(compared).to_contain_text("2题变对了，1题变错了")
    await expect(compared).to_contain_text("失业金怎么领")
    await compared.locator("summary", has_text="变对的").click()
    await expect(compared).to_contain_text(LOST_CARD)
    assert not await person.scrolls_sideways()
    await picture(person, "compared-1280")
    await person.page.locator("[data-mistake=clarified_without] > summary").click()
    await person.page.locator("[data-mistake=clarified_without] .open-item").first.click()
    await person.page.wait_for_url("**/content/items/LJ-RC-001")


async def options(person: Clerk, name: str) -> list[str]:
    """Labels of a list to choose from."""
    return [text.strip() for text in await person.page.locator(f"#{name} option").all_text_contents()]


def label_part(part: str, labels: list[str]) -> str:
    """The label that holds the words."""
    return next(label for label in labels if part in label)
