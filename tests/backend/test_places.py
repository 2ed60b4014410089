"""Nobody gets an account in a unit that there is not, whichever way it is made."""

from __future__ import annotations

from typing import Any

from backend.platform.permissions import Role
from tests.conftest import Hall


async def test_an_unknown_unit_is_answered_with_those_there_are(hall: Hall) -> None:
    """By the command and on the page, for a new account and for a change; who handles cases has a unit."""
    token = (hall.settings.secrets / "operations.token").read_text()
    acting = {"Authorization": f"Bearer {token}"}
    new = {"username": "muqi", "name": "木琪", "roles": ["counter_clerk"]}
    async with hall.browser() as operator, hall.staff(Role.HALL_MANAGER, units=()) as manager:
        ways: tuple[tuple[Any, str, dict[str, Any], dict[str, str]], ...] = (
            (operator, "/staff", {}, acting),
            (manager, "/personnel/changes", {"kind": "add"}, {}),
        )
        for browser, path, kind, headers in ways:
            for units, sentence in (
                (["ZZ"], "没有「ZZ」这个单元"),
                (["SY", "sy"], "没有「sy」这个单元"),
                ([], "至少一个单元"),
            ):
                status, problem = await browser.post(path, {**new, **kind, "units": units}, **headers)
                assert (status, problem["field"]) == (422, "units")
                assert sentence in problem["detail"]
                assert "SY（社会保险·失业保险）" in problem["detail"]
        assert (await operator.post("/staff", {**new, "units": ["SY"]}, **acting))[0] == 201
        change = {"kind": "change", "username": "muqi", "roles": ["counter_clerk"], "units": ["ZZ"]}
        status, problem = await manager.post("/personnel/changes", change)
        assert (status, problem["field"]) == (422, "units")
        assert (await operator.post("/staff", {**new, "username": "hechun", "units": ["*"]}, **acting))[0] == 201
