"""The first complete walk, with the real assistant: ask, be told once, start the case, see it handled.

``DAOBAN_PICTURES=1`` renews the README's pictures.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.browser.conftest import NARROW, WIDE, People
from tests.browser.house import Account
from tests.browser.people import Citizen, Person
from tests.conftest import ID_NUMBER
from tests.running import Product, start_product, stop_product

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PICTURES = Path(__file__).parent / "pictures"
ANSWERS = ("和秀英", ID_NUMBER, "13800000001", "古城酒店", "10月31号")


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, model: Path, free_ports: int) -> Iterator[Product]:
    """The whole product with demonstration data."""
    running = start_product(tmp_path_factory.mktemp("walk"), model, free_ports)
    try:
        yield running
    finally:
        stop_product(running)


@pytest_asyncio.fixture(loop_scope="session")
async def visitors(chromium: Browser, product: Product) -> AsyncIterator[People]:
    """Whoever comes to the running product."""
    await product.ready()
    people = People(chromium, product.base)
    async with people.contexts:
        yield people
    assert [trouble for person in people.here for trouble in person.troubles] == []


async def picture(person: Person, name: str) -> None:
    """Keep what the person sees, if pictures are wanted."""
    if os.environ.get("DAOBAN_PICTURES") == "1":
        PICTURES.mkdir(exist_ok=True)
        await person.page.screenshot(path=PICTURES / f"{name}.png")


async def asks_and_applies(citizen: Citizen, screen: str) -> str:
    """From the question to the acceptance number."""
    await citizen.arrives()
    await citizen.says("被公司裁了想领失业金要带什么")
    await citizen.presses("本人办")
    await expect(citizen.card("notice")).to_contain_text("终止或解除劳动关系证明")
    await picture(citizen, f"notice_{screen}")
    await citizen.presses("帮我办")
    for said in ANSWERS:
        asked = await citizen.answers.count()
        await citizen.says(said)
        await expect(citizen.answers).not_to_have_count(asked)
    await citizen.presses("单位辞退或裁员")
    await citizen.presses("提交")
    card = citizen.card("case")
    await expect(card).to_contain_text("日办好")
    return str(await card.locator(".case-number").text_content())


@pytest.mark.parametrize(("screen", "size"), [("narrow", NARROW), ("wide", WIDE)])
async def test_ask_be_told_once_apply_and_see_it_handled(
    visitors: People, product: Product, screen: str, size: dict[str, int]
) -> None:
    """Question, notice, case with number and due date; the clerk accepts, asks for a supplement, decides; the citizen knows."""
    citizen, clerk = await visitors.citizen(screen=size), await visitors.clerk(screen=size)
    number = await asks_and_applies(citizen, screen)
    await clerk.signs_in(Account("clerk_sy", product.password("clerk_sy"), "演示和秀英"))
    await clerk.page.get_by_role("button", name="本单元").click()
    await clerk.opens(number)
    await clerk.does("受理", note="原件在路上，先受理")
    await clerk.begins("要求补正")
    asked_for = clerk.dialog.get_by_role("checkbox", checked=True)
    await expect(asked_for).to_have_count(1)  # of the notice's materials, what the receipt left to come
    await clerk.dialog.get_by_label("为什么要").and_(clerk.dialog.locator(":visible")).fill("系统里查不到停保信息")
    await clerk.confirms("要求补正")
    await expect(clerk.dialog).to_be_hidden()
    await picture(clerk, f"counter_{screen}")
    await citizen.says("我的件办到哪了")
    await expect(citizen.conversation).to_contain_text("要补1样材料：本人身份证或社会保障卡")
    await clerk.does("补正材料已收到")
    await clerk.does("办结", note="核定失业保险金12个月")
    await citizen.says("现在办好了吗")
    await citizen.hears(f"编号 {number}：您办的「领失业金」已经办结：核定失业保险金12个月")
    await picture(citizen, f"handled_{screen}")
    assert not await citizen.scrolls_sideways()
