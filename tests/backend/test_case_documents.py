"""Documents that steps issue."""

from __future__ import annotations

from typing import Any

import pytest

from backend.contracts.cases import CaseState
from tests.backend.counter import does, marks
from tests.conftest import ID_NUMBER, Hall


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
