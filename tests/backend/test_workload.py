"""Leads and managers see who has how much to do and what is late."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.platform.permissions import Role
from tests.backend.counter import SUPPLEMENT, does
from tests.conftest import LACKING_TOLD, Hall


async def read(hall: Hall, *roles: Role, units: tuple[str, ...] = ()) -> dict[str, Any]:
    """What somebody of these roles sees."""
    async with hall.staff(*roles, units=units) as somebody:
        status, found = await somebody.get("/workload")
    assert status == 200, found
    return dict(found)


def numbers(load: dict[str, Any]) -> tuple[int, ...]:
    """Open, due today, overdue, finished this week."""
    return tuple(load[name] for name in ("open", "due_today", "overdue", "finished_this_week"))


@pytest.mark.both_databases
async def test_open_overdue_and_finished_are_counted_per_person_and_unit(hall: Hall) -> None:
    """A case that is late is listed with its owner; one that is finished counts for the week."""
    async with hall.staff(units=("SY",)) as clerk:
        first, second = [await hall.submitted(await hall.conversation()) for _ in range(2)]
        refusal = {"note": "不在受理范围", "lines": []}
        assert (await clerk.post(f"/cases/{first.id}/steps/refuse", refusal))[0] == 200
        assert (await clerk.post(f"/cases/{second.id}/steps/accept", LACKING_TOLD))[0] == 200
        found = await read(hall, Role.HALL_MANAGER)
        assert numbers(found["total"]) == (1, 0, 0, 1)
        (person,), (unit,) = found["staff"], found["units"]
        assert (person["name"], numbers(person)) == ("木丽华（窗口经办）", (1, 0, 0, 1))
        assert (unit["id"], numbers(unit)) == ("SY", (1, 0, 0, 1))
        assert found["overdue"] == []
        hall.clock.move(timedelta(days=90))
        late = await read(hall, Role.DUTY_LEADER)
        assert numbers(late["total"]) == (1, 0, 1, 0)
        (case,) = late["overdue"]
        assert (case["owner"], case["days"] > 0) == ("木丽华（窗口经办）", True)


async def test_a_lead_sees_their_own_unit_only(hall: Hall) -> None:
    """The comprehensive window's lead all of them; a clerk has no such page."""
    await hall.submitted(await hall.conversation())
    assert (await read(hall, Role.UNIT_LEAD, units=("SY",)))["total"]["open"] == 1
    assert (await read(hall, Role.UNIT_LEAD, units=("YL",)))["total"]["open"] == 0
    assert (await read(hall, Role.UNIT_LEAD, units=("*",)))["total"]["open"] == 1
    async with hall.staff(Role.COUNTER_CLERK) as clerk:
        assert (await clerk.get("/workload"))[0] == 403


async def test_the_page_shows_numbers_and_nobody_s_name_but_the_owner_s(hall: Hall) -> None:
    """What is late stands first."""
    await hall.submitted(await hall.conversation())
    async with hall.staff(Role.HALL_MANAGER) as manager:
        page = (await manager.get("/hall/workload", Accept="text/html"))[1]
    assert "没有超时的件" in page
    assert "和秀英" not in page


@pytest.mark.both_databases
async def test_what_is_asked_for_again_stands_there_with_its_reason(hall: Hall) -> None:
    """Counted for whoever asked and for the unit, for 30 days; personal numbers are left out; another unit sees nothing."""
    sheet = {"name": "户口簿", "why": "核对住址", "how": "带来"}
    again = {**SUPPLEMENT, "lines": [*SUPPLEMENT["lines"], sheet], "why_again": "照片不清，打13900000007没接"}
    async with hall.staff() as clerk, hall.staff(Role.UNIT_LEAD) as lead:
        case = await hall.submitted(await hall.conversation())
        await does(clerk, case.id, "request_supplement", **SUPPLEMENT)
        await does(clerk, case.id, "receive_supplement")
        status, shown = await does(clerk, case.id, "request_supplement", **again)
        assert status == 200, shown
        _, found = await lead.get("/workload")
        page = (await lead.get("/hall/workload", Accept="text/html"))[1]
    (one,) = found["asked_again"]
    assert (one["number"], one["by"]) == (case.number_text, "木丽华（窗口经办）")
    assert (one["materials"], one["told_before"]) == (
        ["本人身份证或社会保障卡", "户口簿"],
        ["本人身份证或社会保障卡"],
    )
    assert one["why"] == "照片不清，打（号码）没接"
    assert [load["asked_again"] for load in (found["total"], *found["staff"], *found["units"])] == [1, 1, 1]
    assert "以前告知过：本人身份证或社会保障卡" in page
    assert "13900000007" not in page
    assert (await read(hall, Role.UNIT_LEAD, units=("YL",)))["asked_again"] == []
    hall.clock.move(timedelta(days=31))
    assert (await read(hall, Role.UNIT_LEAD, units=("SY",)))["total"]["asked_again"] == 0
