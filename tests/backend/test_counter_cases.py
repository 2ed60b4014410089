"""A case begun at the counter for somebody who is there."""

from __future__ import annotations

from typing import Any

import pytest

from tests.backend.counter import does, found
from tests.conftest import APPLICATION, ID_NUMBER, LACKING_TOLD, Hall


async def test_a_case_for_somebody_without_a_telephone(hall: Hall) -> None:
    """The same form and checks as the citizen's; numbers go to the vault; it can be withdrawn for the one who stands there."""
    async with hall.staff() as clerk, hall.staff() as colleague:
        status, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001"})
        assert (status, case["state"], case["channel"]) == (201, "draft", "desk")
        status, problem = await clerk.send(
            "PATCH", f"/cases/{case['id']}/draft", {"field": "id_number", "value": "530799199003070019"}
        )
        assert (status, problem["field"]) == (422, "value")
        assert "核对不上" in problem["detail"]
        status, problem = await does(clerk, case["id"], "submit")
        assert (status, problem["field"]) == (409, "name")
        assert (await colleague.get(f"/cases/{case['id']}"))[0] == 404
        for name, value in APPLICATION.items():
            status, case = await clerk.send("PATCH", f"/cases/{case['id']}/draft", {"field": name, "value": value})
            assert status == 200, case
        assert ID_NUMBER not in str(case)
        _, drafts = await clerk.get("/cases/at-counter")
        assert [one["id"] for one in drafts["cases"]] == [case["id"]]
        status, done = await does(clerk, case["id"], "submit")
        assert (status, done["state"]) == (200, "submitted")
        assert [choice["step"] for choice in done["steps"]][-1] == "withdraw"
        assert await found(colleague, ID_NUMBER) == [done["number"]]
        status, gone = await does(colleague, done["id"], "withdraw", note="不办了")
        assert (status, gone["state"]) == (200, "withdrawn")


async def test_somebody_with_a_passport_at_the_counter(hall: Hall) -> None:
    """Another document than the identity card: named on the case and on its papers, its number masked and found again."""
    async with hall.staff() as clerk:
        _, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001"})
        answers: list[dict[str, str]] = [
            {"field": name, "value": value} for name, value in APPLICATION.items() if name != "id_number"
        ]
        answers.append({"field": "id_number", "value": "E1234 5678", "document": "passport"})
        for answer in answers:
            status, case = await clerk.send("PATCH", f"/cases/{case['id']}/draft", answer)
            assert status == 200, case
        assert "E12345678" not in str(case)
        _, done = await does(clerk, case["id"], "submit")
        _, done = await does(clerk, case["id"], "accept", **LACKING_TOLD)
        _, page = await clerk.get(done["history"][-1]["document"])
        assert "（护照，" in page
        assert "E12345678" not in page
        assert await found(clerk, "e12345678") == [done["number"]]


async def test_a_clerk_does_not_withdraw_what_an_applicant_began(hall: Hall) -> None:
    """Only what was begun at the counter."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        status, _ = await does(clerk, case.id, "withdraw", note="算了")
    assert status == 403


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"item": "LJ-YL-001"}, 403),
        ({"item": "LJ-SY-001", "situation": {"x": True}}, 422),
        ({"item": "LJ-SY-999"}, 404),
    ],
)
async def test_what_cannot_be_begun_at_the_counter(hall: Hall, body: dict[str, Any], status: int) -> None:
    """Another unit's item, an unknown situation, an unknown item."""
    async with hall.staff() as clerk:
        assert (await clerk.post("/cases/at-counter", body))[0] == status
