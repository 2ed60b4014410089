"""Accounts are looked after on a page; about one with a high role two people decide."""

from __future__ import annotations

from typing import Any

import pytest

from backend.platform.permissions import Role
from tests.conftest import Browser, Hall

CLERK = {"kind": "add", "username": "he.lihua", "name": "和丽华", "roles": ["counter_clerk"], "units": ["SY"]}
LEADER = {"kind": "add", "username": "mu.ling", "name": "木领导", "roles": ["duty_leader"]}


async def signs_in(hall: Hall, username: str, password: str) -> int:
    """Status of signing in."""
    async with hall.browser() as browser:
        return (await browser.post("/staff/session", {"username": username, "password": password}))[0]


async def changes(manager: Browser, **change: Any) -> tuple[int, Any]:
    """What becomes of a change."""
    status, answer = await manager.post("/personnel/changes", change)
    return status, answer


async def proposals(somebody: Browser) -> list[dict[str, Any]]:
    """What waits for a second person."""
    status, found = await somebody.get("/personnel")
    assert status == 200, found
    return list(found["proposals"])


@pytest.mark.both_databases
async def test_one_person_looks_after_a_clerk(hall: Hall) -> None:
    """New, moved, reset, left, back: each at once, told in the audit trail; a new first password is told once."""
    async with hall.staff(Role.HALL_MANAGER) as manager:
        status, made = await changes(manager, **CLERK)
        assert (status, made["waits"]) == (200, False)
        assert await signs_in(hall, "he.lihua", made["first_password"]) == 200
        assert (await changes(manager, **CLERK))[0] == 409
        moved = {
            "kind": "change",
            "username": "he.lihua",
            "roles": ["counter_clerk", "unit_lead"],
            "units": ["YL", "*"],
        }
        assert (await changes(manager, **moved))[0] == 200
        _, found = await manager.get("/personnel")
        (member,) = [one for one in found["members"] if one["username"] == "he.lihua"]
        assert (member["roles"], member["units"]) == (["counter_clerk", "unit_lead"], ["YL", "*"])
        _, reset = await changes(manager, kind="reset", username="he.lihua")
        assert await signs_in(hall, "he.lihua", made["first_password"]) == 401
        assert await signs_in(hall, "he.lihua", reset["first_password"]) == 200
        assert (await changes(manager, kind="leave", username="he.lihua"))[0] == 200
        assert await signs_in(hall, "he.lihua", reset["first_password"]) == 401
        assert (await changes(manager, kind="reset", username="he.lihua"))[1]["type"].endswith("personnel.left")
        assert (await changes(manager, kind="reopen", username="he.lihua"))[0] == 200
        assert await signs_in(hall, "he.lihua", reset["first_password"]) == 200
    async with hall.staff(Role.AUDITOR) as auditor:
        page = (await auditor.get("/auditor", Accept="text/html"))[1]
        for action in ("账号离岗停用", "账号恢复使用", "改了账号的岗位或单元"):
            assert action in page


async def test_leaving_ends_what_is_open(hall: Hall) -> None:
    """A signed-in browser is out at once."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff() as clerk:
        left = await changes(manager, kind="leave", username=clerk.credentials["username"])
        assert left[0] == 200
        assert (await clerk.get("/staff/me"))[0] == 401


@pytest.mark.both_databases
async def test_a_high_role_takes_two_people(hall: Hall) -> None:
    """Whoever proposed cannot approve; the first password is told to whoever approves."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.OPERATOR) as operator:
        status, asked = await changes(manager, **LEADER)
        assert (status, asked) == (200, {"waits": True, "username": "mu.ling", "first_password": None})
        assert (await changes(operator, **LEADER))[1]["type"].endswith("personnel.waits")
        (own,) = await proposals(manager)
        (others,) = await proposals(operator)
        assert (own["mine"], others["mine"]) == (True, False)
        approve = f"/personnel/proposals/{own['id']}/approve"
        assert (await manager.post(approve))[1]["type"].endswith("personnel.own_proposal")
        status, made = await operator.post(approve)
        assert (status, await signs_in(hall, "mu.ling", made["first_password"])) == (200, 200)
        assert (await operator.post(approve))[1]["type"].endswith("personnel.decided")
        assert await proposals(manager) == []


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "reset"},
        {"kind": "leave"},
        {"kind": "change", "roles": ["counter_clerk"], "units": ["SY"]},
    ],
    ids=lambda change: change["kind"],
)
async def test_whoever_has_a_high_role_is_not_touched_by_one_alone(hall: Hall, change: dict[str, Any]) -> None:
    """Nor may the person concerned agree; refused, nothing has changed."""
    async with (
        hall.staff(Role.HALL_MANAGER) as manager,
        hall.staff(Role.DUTY_LEADER) as leader,
        hall.staff(Role.OPERATOR) as operator,
    ):
        name = leader.credentials["username"]
        assert (await changes(manager, username=name, **change))[1]["waits"] is True
        (waiting,) = await proposals(leader)
        refused = await leader.post(f"/personnel/proposals/{waiting['id']}/approve")
        assert refused[1]["type"].endswith("personnel.own_proposal")
        assert (await leader.get("/staff/me"))[1]["roles"] == ["duty_leader"]
        assert (await operator.post(f"/personnel/proposals/{waiting['id']}/refuse"))[0] == 200
        assert (await leader.get("/staff/me"))[1]["roles"] == ["duty_leader"]
        assert await signs_in(hall, name, leader.credentials["password"]) == 200


async def test_giving_a_high_role_takes_two_and_nobody_changes_their_own(hall: Hall) -> None:
    """Not even somebody who manages accounts."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff() as clerk:
        raised = {"username": clerk.credentials["username"], "roles": ["auditor"]}
        assert (await changes(manager, kind="change", **raised))[1]["waits"] is True
        assert (await clerk.get("/staff/me"))[1]["roles"] == ["counter_clerk"]
        own = {"username": manager.credentials["username"], "roles": ["hall_manager", "auditor"]}
        assert (await changes(manager, kind="change", **own))[1]["type"].endswith("personnel.own")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"roles": []}, "roles"),
        ({"units": []}, "units"),
        ({"units": ["ZZ"]}, "units"),
        ({"username": "He"}, "username"),
        ({"kind": "reset", "username": "nobody"}, "username"),
    ],
)
async def test_bad_input_is_refused_with_its_field(hall: Hall, wrong: dict[str, Any], field: str) -> None:
    """And nothing is made."""
    async with hall.staff(Role.HALL_MANAGER) as manager:
        _, before = await manager.get("/personnel")
        status, problem = await changes(manager, **{**CLERK, **wrong})
        assert status in {404, 422}
        assert problem["field"] == field
        assert (await manager.get("/personnel"))[1] == before


async def test_the_page_offers_what_its_reader_may_do(hall: Hall) -> None:
    """The duty leader decides and changes nothing alone; a clerk has no such page."""
    async with (
        hall.staff(Role.HALL_MANAGER) as manager,
        hall.staff(Role.DUTY_LEADER) as leader,
        hall.staff() as clerk,
    ):
        await changes(manager, **LEADER)
        assert "新建账号</button>" in (await manager.get("/hall/accounts", Accept="text/html"))[1]
        page = (await leader.get("/hall/accounts", Accept="text/html"))[1]
        assert "新建账号</button>" not in page
        assert 'data-decide="approve"' in page
        assert (await changes(leader, **CLERK))[0] == 403
        assert (await clerk.get("/hall/accounts", Accept="text/html"))[0] == 403
