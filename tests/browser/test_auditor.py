"""The auditor's page in a real browser."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.async_api import expect

from backend.platform.permissions import Role
from tests.backend.test_audit import PURPOSE
from tests.browser.conftest import NARROW, WIDE, People
from tests.browser.house import House

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize("screen", [NARROW, WIDE], ids=["390", "1280"])
async def test_an_auditor_sees_who_looked_at_whole_numbers_and_why(
    people: People, house: House, screen: dict[str, int], tmp_path: Path
) -> None:
    """Signing in leads here; the chain is verified; a kind, a case and a day narrow; the table can be taken along."""
    case = await house.hall.submitted(await house.hall.conversation())
    async with house.hall.staff() as clerk:
        await clerk.post(f"/cases/{case.id}/unmask", {"fields": ["id_number"], "purpose": PURPOSE})
    auditor = await people.clerk(screen=screen)
    await auditor.signs_in(await house.account("杨审计", role=Role.AUDITOR, units=()))
    await auditor.page.wait_for_url("**/auditor")
    await expect(auditor.page.locator("#chain")).to_contain_text("完好：从头到尾")
    assert not await auditor.scrolls_sideways()
    assert await auditor.nameless_controls() == []
    assert await auditor.small_targets() == []
    await auditor.page.get_by_role("link", name="看了完整号码").click()
    entries = auditor.page.locator("#entries .entry")
    await expect(entries).to_have_count(1)
    await expect(entries).to_contain_text(f"用途：{PURPOSE}")
    await expect(entries).to_contain_text("字段：身份证号码")
    await expect(entries).to_contain_text("木丽华（窗口经办）")
    await expect(entries).to_contain_text(f"办件 {case.number_text}")
    async with auditor.page.expect_download() as wanted:
        await auditor.page.get_by_role("link", name="导出CSV").click()
    await (await wanted.value).save_as(tmp_path / "audit.csv")
    rows = list(csv.DictReader((tmp_path / "audit.csv").open(encoding="utf-8-sig")))
    assert [row["用途"] for row in rows] == [PURPOSE]
    await auditor.page.get_by_label("办件编号").fill("126112300022")
    await auditor.page.get_by_role("button", name="查看").click()
    await expect(auditor.page.get_by_text("没有这样的记录。")).to_be_visible()


async def test_older_entries_are_a_page_further(people: People, house: House) -> None:
    """Fifty on a page, none twice, none left out."""
    for _ in range(60):
        await house.hall.conversation()
    auditor = await people.clerk()
    await auditor.signs_in(await house.account("杨审计", role=Role.AUDITOR, units=()))
    await auditor.page.wait_for_url("**/auditor")
    await auditor.page.get_by_role("link", name="对话和核验").click()
    entries = auditor.page.locator("#entries .entry")
    await expect(entries).to_have_count(50)
    await auditor.page.get_by_role("link", name="更早的").click()
    await expect(entries).to_have_count(10)
    await auditor.page.get_by_role("link", name="回到最新").click()
    await expect(entries).to_have_count(50)
