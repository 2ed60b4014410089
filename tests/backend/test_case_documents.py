"""Documents that steps issue."""

from __future__ import annotations

from typing import Any

import pytest

from backend.contracts.cases import CaseState
from backend.platform.permissions import Role
from tests.backend.counter import decided_by_two, does, marks
from tests.backend.test_queue import me
from tests.conftest import ID_NUMBER, LACKING_TOLD, Browser, Hall


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([("accept", {})], ("受理回执", "决定予以受理", "10个工作日", "－受1")),
        (
            [("refuse", {"note": "不归我们"})],
            ("不予受理通知书", "理由：不归我们", "六十日内", "六个月内", "行政复议法》第二十条"),
        ),
        ([("accept", {}), ("approve", {"note": "核定18个月"})], ("办理决定书", "办理结果：核定18个月", "六十日内")),
        ([("accept", {}), ("reject", {"note": "缴费不满一年"})], ("不予办理决定书", "理由：缴费不满一年", "六十日内")),
    ],
)
async def test_documents_have_what_documents_have(
    hall: Hall, steps: list[tuple[str, dict[str, Any]]], words: tuple[str, ...]
) -> None:
    """Number, to whom, facts, basis, remedy with its term, date, place for the seal; the identity number is masked."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk, hall.staff(units=("YL",)) as elsewhere:
        await marks(clerk, case.id, "id_card", "received")
        for name, told in steps:
            status, shown = await does(clerk, case.id, name, **told)
            assert status == 200, shown
        address = shown["history"][-1]["document"]
        _, page = await clerk.get(address)
        for expected in (
            *words,
            str(case.number_text),
            "和秀英",
            "530***********0018",
            "2026年11月23日",
            "（盖章）",
            "社会保险法",
        ):
            assert expected in page
        assert ID_NUMBER not in page
        assert ("本人身份证或社会保障卡" in page) is (words[0] == "受理回执")
        assert (await elsewhere.get(address))[0] == 404
        assert (await clerk.get(address.rpartition("/")[0] + "/999999"))[0] == 404
        submitted = address.rpartition("/")[0] + "/1"
        assert (await clerk.get(submitted))[0] == 404


async def test_a_draft_says_how_long_it_will_take(hall: Hall) -> None:
    """As the notice says it; 「时限待中心公布」 only where nothing is published."""
    case = await hall.draft(await hall.conversation(), {})
    assert case.state is CaseState.DRAFT
    assert case.due_text == "提交以后，从收到申请的第二天算起，10个工作日内办好（法定）。"


async def signed(reader: Browser, shown: dict[str, Any], step: str) -> str:
    """The line of a document that says who is answerable for it."""
    address = next(entry["document"] for entry in shown["history"] if entry["step"] == step)
    _, page = await reader.get(address)
    return next(line for line in page.splitlines() if "承办人：" in line)


async def name_of(member: Browser) -> str:
    """As documents name them."""
    _, own = await member.get("/staff/me")
    return f"{own['name']}（{own['position']}）"


async def test_a_document_names_who_did_the_step_and_not_whose_the_case_is_now(hall: Hall) -> None:
    """Handed on before and after: a colleague of the unit may decide (test_case_access), and signs for it."""
    async with hall.staff(position="窗口一") as clerk, hall.staff(position="窗口二") as taker:
        case = await hall.submitted(await hall.conversation())
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        await does(clerk, case.id, "transfer", to=await me(taker), note="请接着办")
        status, shown = await does(clerk, case.id, "approve", note="核定18个月")
        assert status == 200, shown
        assert shown["owner"] == await name_of(taker)
        for step in ("accept", "approve"):
            line = await signed(taker, shown, step)
            assert f"承办人：{await name_of(clerk)}" in line
            assert await name_of(taker) not in line
            assert "复核人" not in line


async def test_a_decision_by_two_names_both(hall: Hall) -> None:
    """Who proposed handled it, who confirmed reviewed it."""
    await decided_by_two(hall)
    async with hall.staff(position="窗口一") as one, hall.staff(position="窗口二") as other:
        case = await hall.submitted(await hall.conversation())
        await does(one, case.id, "accept", **LACKING_TOLD)
        await does(one, case.id, "propose_approval", note="核定18个月")
        status, shown = await does(other, case.id, "confirm")
        assert status == 200, shown
        line = await signed(one, shown, "confirm")
        assert f"承办人：{await name_of(one)}" in line
        assert f"复核人：{await name_of(other)}" in line


async def test_a_deputy_signs_with_their_own_name(hall: Hall) -> None:
    """They decide in the place of the absent owner, whose case it stays."""
    async with hall.staff(position="窗口一") as owner, hall.staff(Role.UNIT_LEAD, position="负责人") as lead:
        case = await hall.submitted(await hall.conversation())
        await does(owner, case.id, "accept", **LACKING_TOLD)
        async with hall.staff(position="代办") as deputy:
            days = {"starts_on": "2026-11-23", "ends_on": "2026-11-24"}
            cover = {"staff": await me(owner), "deputy": await me(deputy), **days}
            assert (await lead.post("/covers", cover))[0] == 201
            status, shown = await does(deputy, case.id, "approve", note="核定18个月")
            assert status == 200, shown
            assert shown["owner"] == await name_of(owner)
            assert f"承办人：{await name_of(deputy)}" in await signed(deputy, shown, "approve")
