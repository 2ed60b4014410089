"""A case begun at the counter for somebody who is there."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.contracts.cases import Contact, DraftAnswer
from backend.one_window.conversations.service import CONVERSATIONS
from backend.platform.http import DATABASE
from tests.backend.counter import does, found
from tests.conftest import APPLICATION, ID_NUMBER, LACKING_TOLD, PHONE, Browser, Hall


async def test_a_case_for_somebody_without_a_telephone(hall: Hall) -> None:
    """The same form and checks as the citizen's; numbers go to the vault; it can be withdrawn for the one who stands there."""
    async with hall.staff() as clerk, hall.staff() as colleague:
        status, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001", "situation": {"by_proxy": False}})
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
        _, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001", "situation": {"by_proxy": False}})
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
        ({"item": "LJ-SY-001"}, 422),
        ({"item": "LJ-SY-999"}, 404),
    ],
)
async def test_what_cannot_be_begun_at_the_counter(hall: Hall, body: dict[str, Any], status: int) -> None:
    """Another unit's item, an unknown situation, a question that was not asked, an unknown item."""
    async with hall.staff() as clerk:
        told, problem = await clerk.post("/cases/at-counter", body)
        assert told == status
        if body == {"item": "LJ-SY-001"}:
            assert (problem["field"], problem["title"]) == ("by_proxy", "先问清楚")
            assert "是本人来办，还是请别人代办？" in problem["detail"]
            assert (await clerk.get("/cases/at-counter"))[1]["cases"] == []


async def filled(clerk: Browser, **phone: str) -> Any:
    """A case of the counter, submitted; ``phone``: what is told of the telephone."""
    _, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001", "situation": {"by_proxy": False}})
    answers = [{"field": name, "value": value} for name, value in APPLICATION.items() if name != "phone"]
    for answer in (*answers, {"field": "phone", **phone}):
        status, case = await clerk.send("PATCH", f"/cases/{case['id']}/draft", answer)
        assert status == 200, case
    status, done = await does(clerk, case["id"], "submit")
    assert status == 200, done
    return done


async def test_somebody_with_no_telephone_at_all(hall: Hall) -> None:
    """Said in words on the case, told to the clerk, printed on the papers; the row shows no telephone."""
    async with hall.staff() as clerk:
        done = await filled(clerk, contact="none")
        phone = next(field for field in done["fields"] if field["id"] == "phone")
        assert (phone["value"], phone["contact"]) == ("没有手机，凭文书和证件到窗口查", "none")
        assert "打印给他" in done["contact_text"]
        _, done = await does(clerk, done["id"], "accept", **LACKING_TOLD)
        _, page = await clerk.get(done["history"][-1]["document"])
        assert "您没有留手机" in page
        _, queue = await clerk.get("/cases?scope=unit")
        assert [(one["id_end"], one["phone_end"]) for one in queue["cases"]] == [("0018", "")]
        for name in ("approve", "deliver"):
            status, done = await does(clerk, done["id"], name, note="核定18个月")
            assert status == 200, done


async def test_a_relative_s_telephone_is_named_as_such_and_proves_nothing(hall: Hall) -> None:
    """Whoever holds it cannot read the case in a conversation, the applicant with their card can."""
    async with hall.staff() as clerk:
        done = await filled(clerk, contact="relative", value=PHONE)
        phone = next(field for field in done["fields"] if field["id"] == "phone")
        assert phone["value"] == "家里人的手机，138****0001"
        assert await found(clerk, PHONE) == [done["number"]]
        _, done = await does(clerk, done["id"], "accept", **LACKING_TOLD)
        _, page = await clerk.get(done["history"][-1]["document"])
        assert "家里人的手机" in page
        assert PHONE not in page
        assert [await reads(hall, clerk, done["number"], told) for told in (PHONE, ID_NUMBER)] == [False, True]


async def reads(hall: Hall, clerk: Browser, number: str, told: str) -> bool:
    """Whether a citizen whose telephone or card was verified in their own conversation reads the case."""
    conversation = await hall.conversation()
    text = await hall.say(conversation, told)
    async with hall.server.app[DATABASE].write() as session:
        until = hall.clock.now() + timedelta(minutes=30)
        await hall.server.app[CONVERSATIONS].verify(session, conversation, "phone", text, until)
    try:
        await hall.assistant.part(CasesClient).by_number(number, conversation=conversation)
    except BackendProblem:
        return False
    return True


async def test_a_telephone_that_was_told_wrongly_is_corrected(hall: Hall) -> None:
    """Another way replaces the one before; a chosen way without its number is still asked for."""
    async with hall.staff() as clerk:
        _, case = await clerk.post("/cases/at-counter", {"item": "LJ-SY-001", "situation": {"by_proxy": False}})
        seen = []
        for told in (
            {"contact": "none"},
            {"contact": "relative"},
            {"value": PHONE},
            {"contact": "own", "value": PHONE},
        ):
            status, case = await clerk.send("PATCH", f"/cases/{case['id']}/draft", {"field": "phone", **told})
            assert status == 200, case
            seen.append(next(field["value"] for field in case["fields"] if field["id"] == "phone"))
        assert seen == ["没有手机，凭文书和证件到窗口查", None, "家里人的手机，138****0001", "138****0001"]
        status, problem = await clerk.send(
            "PATCH", f"/cases/{case['id']}/draft", {"field": "phone", "contact": "pigeon", "value": PHONE}
        )
        assert (status, problem["field"]) == (422, "contact")


async def test_a_citizen_s_own_form_asks_for_their_own_telephone(hall: Hall) -> None:
    """On the web nothing changes: having none is for the counter."""
    conversation = await hall.conversation()
    draft = await hall.draft(conversation, {})
    with pytest.raises(BackendProblem) as refused:
        await hall.assistant.part(CasesClient).answer(
            draft.id, DraftAnswer(field="phone", contact=Contact.NONE), conversation=conversation, key=hall.key()
        )
    assert (refused.value.problem.status, refused.value.problem.field) == (422, "contact")
