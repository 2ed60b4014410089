"""Cover for leave."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest

from backend.contracts.cases import Case
from backend.platform.permissions import Role
from tests.backend.counter import does
from tests.backend.test_queue import me
from tests.conftest import LACKING_TOLD, Browser, Hall


@asynccontextmanager
async def covered(hall: Hall) -> AsyncIterator[tuple[Case, Browser, Browser]]:
    """A case of an absent clerk of SY, the absent clerk, and a clerk of another unit who stands in."""
    async with hall.staff() as absent, hall.staff(units=("YL",)) as deputy:
        case = await hall.submitted(await hall.conversation())
        cover = {"deputy": await me(deputy), "starts_on": "2026-11-23", "ends_on": "2026-11-24"}
        async with hall.staff(Role.UNIT_LEAD) as lead:  # only a lead chooses somebody of another unit
            status, arranged = await lead.post("/covers", {**cover, "staff": await me(absent)})
        assert status == 201, arranged
        yield case, absent, deputy


async def test_a_deputy_sees_and_acts_and_it_is_recorded_so(hall: Hall) -> None:
    """During the days of absence, no day longer; the case stays the absent owner's."""
    async with covered(hall) as (case, absent, deputy):
        _, queue = await deputy.get("/cases?scope=mine")
        assert [(one["id"], one["mine"], one["deputy"]) for one in queue["cases"]] == [(case.id, False, True)]
        _, work = await deputy.get(f"/cases/{case.id}/work")
        assert work["deputy_for"] == "木丽华（窗口经办）"
        status, shown = await does(deputy, case.id, "accept", **LACKING_TOLD)
        assert (status, shown["owner"], shown["history"][-1]["deputy_for"]) == (
            200, "木丽华（窗口经办）", "木丽华（窗口经办）",
        )  # fmt: skip
        _, heard = await deputy.get("/events?after=0&kinds=case.accepted")
        assert len(heard["events"]) == 1
        _, mine = await absent.get("/cases?scope=mine")
        assert [one["id"] for one in mine["cases"]] == [case.id]
        hall.clock.move(timedelta(days=2))
        await deputy.sign_in()
        assert (await deputy.get(f"/cases/{case.id}"))[0] == 404
        assert (await deputy.get("/cases?scope=mine"))[1]["cases"] == []


async def test_whoever_is_away_gets_no_new_case(hall: Hall) -> None:
    """The colleague gets them all."""
    async with covered(hall) as (_, _, _), hall.staff() as colleague:
        for _ in range(2):
            await hall.submitted(await hall.conversation())
        assert (await colleague.get("/cases?scope=mine"))[1]["total"] == 2


@pytest.mark.parametrize(
    ("changed", "status", "field"),
    [
        ({"deputy": "nobody"}, 422, "deputy"),
        ({"staff": "nobody"}, 422, "staff"),
        ({"starts_on": "2026-11-20", "ends_on": "2026-11-22"}, 422, "ends_on"),
        ({"starts_on": "2026-11-25", "ends_on": "2026-11-24"}, 422, "ends_on"),
        ({"starts_on": "2026-11-24", "ends_on": "2026-11-28"}, 409, "starts_on"),
        ({"starts_on": "2026-12-01", "ends_on": "2027-01-30"}, 422, "ends_on"),
        ({"starts_on": "2026-12-01", "ends_on": "9999-12-31"}, 422, "ends_on"),
    ],
)
async def test_a_cover_that_cannot_be(hall: Hall, changed: dict[str, Any], status: int, field: str) -> None:
    """Named: unknown people, days gone by or in the wrong order or too many, an absence that has a deputy already."""
    async with covered(hall) as (_, absent, _), hall.staff() as colleague:
        cover = {"deputy": await me(colleague), "starts_on": "2026-12-01", "ends_on": "2026-12-02", **changed}
        answered, problem = await absent.post("/covers", cover)
    assert (answered, problem["field"]) == (status, field)


async def test_who_arranges_cover_for_whom(hall: Hall) -> None:
    """Oneself and the unit's lead; nobody else, and nobody ends another's."""
    async with covered(hall) as (_, absent, deputy), hall.staff() as colleague, hall.staff(Role.UNIT_LEAD) as lead:
        cover = {
            "staff": await me(absent), "deputy": await me(colleague), "starts_on": "2026-12-01", "ends_on": "2026-12-02",
        }  # fmt: skip
        assert (await colleague.post("/covers", cover))[0] == 403
        status, arranged = await lead.post("/covers", cover)
        assert (status, arranged["mine"]) == (201, True)
        assert (await colleague.send("DELETE", f"/covers/{arranged['id']}"))[0] == 404
        _, left = await absent.send("DELETE", f"/covers/{arranged['id']}")
        assert [(one["starts_on"], one["ends_on"]) for one in left["covers"]] == [("2026-11-23", "2026-11-24")]
        _, seen = await deputy.get("/covers")
        assert [one["mine"] for one in seen["covers"]] == [False]


async def test_cover_opens_no_other_unit_unless_a_lead_says_so(hall: Hall) -> None:
    """A clerk is offered, and may choose, whoever handles their unit anyway: its own people and the comprehensive window."""
    cover = {"starts_on": "2026-12-01", "ends_on": "2027-01-29"}
    async with (
        hall.staff() as absent,
        hall.staff(units=("YL",)) as elsewhere,
        hall.staff(units=("*",)) as window,
        hall.staff(Role.UNIT_LEAD) as lead,
    ):
        _, seen = await absent.get("/covers")
        offered = {one["id"] for one in seen["colleagues"]}
        assert await me(window) in offered
        assert await me(elsewhere) not in offered
        status, problem = await absent.post("/covers", {**cover, "deputy": await me(elsewhere)})
        assert (status, problem["field"]) == (422, "deputy")
        status, problem = await window.post("/covers", {**cover, "deputy": await me(absent)})
        assert (status, problem["field"]) == (422, "deputy")
        _, seen = await lead.get("/covers")
        assert await me(elsewhere) in {one["id"] for one in seen["colleagues"]}
        status, _ = await lead.post("/covers", {**cover, "staff": await me(absent), "deputy": await me(elsewhere)})
        assert status == 201


async def test_whoever_finds_no_deputy_reads_who_arranges_it(hall: Hall) -> None:
    """Nobody is offered themselves. The comprehensive window is nobody's unit: the manager, who handles no case, arranges for everybody."""
    async with (
        hall.staff(units=("SY", "JY"), position="失业") as clerk,
        hall.staff(Role.UNIT_LEAD, position="负责人") as lead,
        hall.staff(Role.HALL_MANAGER, units=()) as manager,
    ):
        _, seen = await clerk.get("/covers")
        assert seen["colleagues"] == []
        assert "请木丽华（负责人）来安排" in seen["nobody"]
        async with hall.staff(units=("*",), position="窗口") as window:
            _, seen = await window.get("/covers")
            assert seen["colleagues"] == []
            assert "大厅管理员在「办件情况」页上安排" in seen["nobody"]
            _, seen = await clerk.get("/covers")
            assert ([one["id"] for one in seen["colleagues"]], seen["nobody"]) == ([await me(window)], "")
            _, page = await manager.get("/hall/workload")
            assert 'id="covers-open"' in page
            _, seen = await manager.get("/covers")
            assert {one["id"] for one in seen["absent"]} == {await me(one) for one in (window, clerk, lead)}
            days = {"starts_on": "2026-12-01", "ends_on": "2026-12-02"}
            assert (await manager.post("/covers", {"staff": await me(window), "deputy": await me(clerk), **days}))[
                0
            ] == 201
