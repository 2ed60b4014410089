"""Accounts are looked after on a page; two people decide where one alone would give more than they hold."""

from __future__ import annotations

from typing import Any

import pytest

from backend.hall.accounts.schemas import NewStaff
from backend.hall.accounts.service import STAFF
from backend.limiting.counting import RateLimits
from backend.platform.http import DATABASE
from backend.platform.identity import SYSTEM
from backend.platform.permissions import Role
from backend.platform.rate_limits import LIMITER
from tests.conftest import Browser, Hall

CLERK = {"kind": "add", "username": "he.lihua", "name": "和丽华", "roles": ["counter_clerk"], "units": ["SY"]}
GUIDE = {"kind": "add", "username": "he.lihua", "name": "和丽华", "roles": ["desk_guide"]}
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
async def test_one_person_looks_after_a_desk_guide(hall: Hall) -> None:
    """New, moved, reset, left, back: each at once, told in the audit trail; a new first password is told once."""
    async with hall.staff(Role.HALL_MANAGER) as manager:
        status, made = await changes(manager, **GUIDE)
        assert (status, made["waits"]) == (200, False)
        assert await signs_in(hall, "he.lihua", made["first_password"]) == 200
        assert (await changes(manager, **GUIDE))[0] == 409
        moved = {
            "kind": "change",
            "username": "he.lihua",
            "roles": ["desk_guide"],
            "units": ["YL", "SY"],
        }
        assert (await changes(manager, **moved))[0] == 200
        _, found = await manager.get("/personnel")
        (member,) = [one for one in found["members"] if one["username"] == "he.lihua"]
        assert (member["roles"], member["units"]) == (["desk_guide"], ["YL", "SY"])
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
        told = {"waits": True, "username": "mu.ling", "first_password": None, "closed": None}
        assert (status, asked) == (200, told)
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


async def test_nobody_makes_or_takes_over_an_account_that_reads_cases_alone(hall: Hall) -> None:
    """Roles over cases and content, all units, a reset of more than a clerk's account: proposed, no password is told."""
    async with (
        hall.staff(Role.HALL_MANAGER) as manager,
        hall.staff(Role.COUNTER_CLERK, Role.UNIT_LEAD) as lead,
        hall.staff(Role.CONTENT_REVIEWER) as reviewer,
        hall.staff(Role.DESK_GUIDE) as guide,
    ):
        name = guide.credentials["username"]
        for number, change in enumerate(
            (
                {"roles": ["unit_lead"], "units": ["*"]},
                {"roles": ["counter_clerk"], "units": ["SY"]},
                {"roles": ["content_reviewer"]},
                {"roles": ["desk_guide"], "units": ["*"]},
                {"kind": "reset", "username": lead.credentials["username"]},
                {"kind": "reset", "username": reviewer.credentials["username"]},
                {"kind": "change", "username": name, "roles": ["desk_guide", "counter_clerk"], "units": ["SY"]},
            )
        ):
            _, made = await changes(manager, **{**CLERK, "username": f"he.lihua{number}", "units": [], **change})
            assert (made["waits"], made["first_password"]) == (True, None), change
        assert (await guide.get("/staff/me"))[1]["roles"] == ["desk_guide"]
        await lead.sign_in()
        await reviewer.sign_in()


@pytest.mark.parametrize("role", [Role.COUNTER_CLERK, Role.DESK_GUIDE])
async def test_a_clerk_s_new_password_takes_one_person(hall: Hall, role: Role) -> None:
    """Daily work: given at once, to be changed at once; the one before is gone, and the trail says who gave it."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(role) as clerk, hall.staff(Role.AUDITOR) as auditor:
        name = clerk.credentials["username"]
        _, made = await changes(manager, kind="reset", username=name)
        assert made["waits"] is False
        assert (await clerk.get("/staff/me"))[0] == 401
        assert await signs_in(hall, name, clerk.credentials["password"]) == 401
        clerk.credentials = {"username": name, "password": made["first_password"]}
        await clerk.sign_in()
        assert (await clerk.get("/cases"))[0] == 403, "the first password opens nothing but the change of it"
        _, trail = await auditor.get("/audit?action=staff.account_reset")
    assert len(trail["entries"]) == 1


@pytest.mark.parametrize(
    "role", [Role.UNIT_LEAD, Role.DUTY_LEADER, Role.AUDITOR, Role.OPERATOR, Role.CONTENT_EDITOR, Role.CONTENT_REVIEWER]
)
async def test_a_new_password_for_anybody_above_takes_two(hall: Hall, role: Role) -> None:
    """Even where they are at the counter, too."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.COUNTER_CLERK, role) as somebody:
        _, made = await changes(manager, kind="reset", username=somebody.credentials["username"])
        assert (made["waits"], made["first_password"]) == (True, None)
        await somebody.sign_in()


async def test_wider_units_take_two_and_fewer_one(hall: Hall) -> None:
    """The same role for another unit shows other cases; for fewer units it shows none that were not seen before."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(units=("SY", "YL")) as clerk:
        moved = {"kind": "change", "username": clerk.credentials["username"], "roles": ["counter_clerk"]}
        assert (await changes(manager, **moved, units=["SY"]))[1]["waits"] is False
        assert (await changes(manager, **moved, units=["SY", "YL"]))[1]["waits"] is True


async def test_whom_it_is_about_has_no_say(hall: Hall) -> None:
    """They neither agree nor refuse; whoever proposed takes it back."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.DUTY_LEADER) as leader:
        await changes(manager, kind="leave", username=leader.credentials["username"])
        (waiting,) = await proposals(leader)
        assert (waiting["mine"], waiting["about_me"]) == (False, True)
        refuse = f"/personnel/proposals/{waiting['id']}/refuse"
        status, problem = await leader.post(refuse)
        assert (status, problem["type"].rsplit(":", 1)[1]) == (409, "personnel.about_oneself")
        assert "data-decide" not in (await leader.get("/hall/accounts", Accept="text/html"))[1]
        assert len(await proposals(manager)) == 1
        assert (await manager.post(refuse))[0] == 200
        assert await proposals(manager) == []


async def test_what_cannot_be_done_is_not_proposed(hall: Hall) -> None:
    """A user name that somebody has is named at once, nothing waits."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff() as clerk:
        status, problem = await changes(manager, **{**LEADER, "username": clerk.credentials["username"]})
        assert (status, problem["field"]) == (409, "username")
        assert await proposals(manager) == []


async def test_a_proposal_overtaken_by_events_is_closed_with_its_reason(hall: Hall) -> None:
    """Approved or in the way of another, it waits no more and changes nothing."""
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.OPERATOR) as operator:
        for username in ("mu.ling", "mu.er"):
            await changes(manager, **{**LEADER, "username": username})
            new = NewStaff(username=username, name="木领导", roles=(Role.DESK_GUIDE,))
            async with hall.server.app[DATABASE].write() as session:  # from the command line meanwhile
                await hall.server.app[STAFF].add(session, new, SYSTEM)
        first = (await proposals(operator))[0]["id"]
        status, outcome = await operator.post(f"/personnel/proposals/{first}/approve")
        assert (status, outcome["first_password"]) == (200, None)
        assert "mu.ling" in outcome["closed"]
        assert [one["change"]["username"] for one in await proposals(operator)] == ["mu.er"]
        assert (await changes(manager, kind="reset", username="mu.er"))[1]["waits"] is False
        assert await proposals(operator) == []
    async with hall.staff(Role.AUDITOR) as auditor:
        assert "办不成了" in (await auditor.get("/auditor", Accept="text/html"))[1]


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


async def test_whoever_is_locked_out_is_unlocked_on_a_page(hall: Hall) -> None:
    """The manager and the operator see everybody who is, a lead those of their own units, the duty leader nobody."""
    async with (
        hall.staff(Role.HALL_MANAGER) as manager,
        hall.staff(Role.OPERATOR, units=()) as operator,
        hall.staff(Role.UNIT_LEAD) as lead,
        hall.staff(Role.UNIT_LEAD, units=("YL",)) as other,
        hall.staff(Role.DUTY_LEADER) as leader,
        hall.staff() as clerk,
    ):
        hall.server.app[LIMITER].counts.limits = RateLimits(**dict.fromkeys(RateLimits.model_fields, 0))
        name = clerk.credentials["username"]
        for _ in range(6):
            await signs_in(hall, name, "wrong")
        row = f'<li class="card material" data-username="{name}">'
        pages = [(await one.get("/hall/accounts", Accept="text/html")) for one in (manager, operator, lead)]
        assert [(status, page.count(row)) for status, page in pages] == [(200, 1)] * 3
        for one in (other, leader):
            status, page = await one.get("/hall/accounts", Accept="text/html")
            assert (status, row in page) == (200, False)
        assert (await lead.get("/personnel"))[0] == 403
        assert (await operator.post("/staff/unlock", {"username": name}))[0] == 200
        assert row not in (await lead.get("/hall/accounts", Accept="text/html"))[1]
