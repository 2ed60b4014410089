"""Which steps a case offers whom, and decisions that take two people."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from backend.client.cases import CasesClient
from backend.contracts.cases import Case
from backend.one_window.cases.models import CaseRow
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from tests.backend.counter import SUPPLEMENT, decided_by_two, does
from tests.conftest import LACKING_TOLD, PHONE, Browser, Hall

OFFERED = {
    "submitted": ["accept", "request_supplement", "refuse", "transfer"],
    "accepted": ["approve", "request_supplement", "reject", "transfer"],
    "awaiting_supplement": ["receive_supplement", "transfer"],
    "awaiting_review": ["confirm", "send_back", "transfer"],
    "approved": ["deliver"],
    "rejected": ["deliver"],
    "refused": [],
    "delivered": [],
    "withdrawn": [],
}
APPLICANT = {"submitted": ["withdraw"], "accepted": ["withdraw"], "awaiting_supplement": ["withdraw"],
             "awaiting_review": ["withdraw"]}  # fmt: skip


async def brought_to(hall: Hall, clerk: Browser, case: Case, state: str) -> None:
    """The way to a state, by steps where there are some, else set in the database."""
    ways: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "submitted": [],
        "accepted": [("accept", LACKING_TOLD)],
        "awaiting_supplement": [("request_supplement", SUPPLEMENT)],
        "approved": [("accept", LACKING_TOLD), ("approve", {"note": "好"})],
        "rejected": [("accept", LACKING_TOLD), ("reject", {"note": "不符合"})],
        "refused": [("refuse", {"note": "不归我们"})],
        "delivered": [("accept", LACKING_TOLD), ("approve", {"note": "好"}), ("deliver", {})],
        "awaiting_review": [("accept", LACKING_TOLD), ("propose_approval", {"note": "好"})],
    }
    if state == "withdrawn":
        async with hall.server.app[DATABASE].write() as session:
            await session.execute(update(CaseRow).where(CaseRow.id == case.id).values(state="withdrawn"))
        return
    for name, told in ways[state]:
        status, answer = await does(clerk, case.id, name, **told)
        assert status == 200, answer


@pytest.mark.parametrize("state", list(OFFERED))
async def test_what_is_offered_in_each_state_to_whom(hall: Hall, state: str) -> None:
    """The unit's clerk and lead and the comprehensive window: the same steps; another unit nothing; the applicant may withdraw."""
    if state == "awaiting_review":
        await decided_by_two(hall)
    conversation = await hall.conversation()
    async with hall.staff() as clerk, hall.staff(Role.UNIT_LEAD) as lead, hall.staff(units=("*",)) as window:
        case = await hall.submitted(conversation)
        await brought_to(hall, clerk, case, state)
        seen = {}
        for name, who in (("clerk", clerk), ("lead", lead), ("window", window)):
            _, shown = await who.get(f"/cases/{case.id}")
            seen[name] = [choice["step"] for choice in shown["steps"]]
        expected = OFFERED[state]
        assert seen["lead"] == seen["window"] == expected
        proposer = [name for name in expected if name != "confirm"]
        assert seen["clerk"] == (proposer if state == "awaiting_review" else expected)
        for other in (Role.COUNTER_CLERK, Role.UNIT_LEAD):
            async with hall.staff(other, units=("YL",)) as elsewhere:
                assert (await elsewhere.get(f"/cases/{case.id}"))[0] == 404
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert [choice.step for choice in told.steps] == APPLICANT.get(state, [])


async def test_a_decision_by_two_needs_another_person(hall: Hall) -> None:
    """Who proposes cannot confirm; the applicant hears of the decision only when it is confirmed."""
    await decided_by_two(hall)
    conversation = await hall.conversation()
    async with hall.staff() as one, hall.staff() as other:
        case = await hall.submitted(conversation)
        await does(one, case.id, "accept", **LACKING_TOLD)
        status, problem = await does(one, case.id, "approve", note="核定18个月")
        assert (status, problem["title"]) == (409, "这个事项不这样办")
        status, shown = await does(one, case.id, "propose_approval", note="核定18个月")
        assert (status, shown["state"]) == (200, "awaiting_review")
        status, problem = await does(one, case.id, "confirm")
        assert (status, problem["title"]) == (403, "您现在不能办")
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert (told.state_text, "核定" in told.model_dump_json()) == ("已受理，办理中", False)
        status, shown = await does(other, case.id, "send_back", note="月数再算一遍")
        assert shown["state"] == "accepted"
        await does(one, case.id, "propose_approval", note="核定12个月")
        status, shown = await does(other, case.id, "confirm")
        assert (status, shown["state"]) == (200, "approved")
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert told.sentence == "您办的「领失业金」已经办结：核定12个月。"
    assert [entry.step for entry in told.history] == ["submit", "accept", "confirm"]
    assert "月数再算" not in told.model_dump_json()


async def test_what_is_confirmed_is_what_was_read(hall: Hall) -> None:
    """The opinion stands before both; why it was sent back before the first; one that changed in the meantime is not confirmed."""
    await decided_by_two(hall)
    async with hall.staff() as one, hall.staff() as other:
        case = await hall.submitted(await hall.conversation())

        async def reads() -> tuple[str, int | None]:
            _, work = await other.get(f"/cases/{case.id}/work")
            return work["review"], work["proposal"]

        await does(one, case.id, "accept", **LACKING_TOLD)
        assert await reads() == ("", None)
        await does(one, case.id, "propose_approval", note=f"核定18个月，{PHONE}")
        words, first = await reads()
        assert words == "木丽华（窗口经办）：拟办结，送复核——核定18个月，138****0001"
        await does(other, case.id, "send_back", note="月数再算一遍")
        assert await reads() == ("木丽华（窗口经办）：退回经办——月数再算一遍", None)
        await does(one, case.id, "propose_rejection", note="缴费不满一年")
        status, problem = await does(other, case.id, "confirm", proposal=first)
        assert (status, problem["title"]) == (409, "意见改过了")
        _, second = await reads()
        status, shown = await does(other, case.id, "confirm", proposal=second)
        assert (status, shown["state"]) == (200, "rejected")
        assert await reads() == ("", None)


async def test_a_rejection_by_two_becomes_a_rejection(hall: Hall) -> None:
    """And its document says so, also once it is delivered."""
    await decided_by_two(hall)
    async with hall.staff() as one, hall.staff() as other:
        case = await hall.submitted(await hall.conversation())
        await does(one, case.id, "accept", **LACKING_TOLD)
        await does(one, case.id, "propose_rejection", note="缴费不满一年")
        _, shown = await does(other, case.id, "confirm")
        assert shown["state"] == "rejected"
        _, shown = await does(other, case.id, "deliver")
        address = next(entry["document"] for entry in shown["history"] if entry["step"] == "confirm")
        _, page = await one.get(address)
    assert "不予办理决定书" in page
    assert "理由：缴费不满一年" in page


async def test_an_item_decided_by_one_is_not_sent_to_review(hall: Hall) -> None:
    """The flag is the item's."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        status, _ = await does(clerk, case.id, "propose_approval", note="好")
    assert status == 409
