"""What an applicant says of a supplement is kept with the case: its clerk reads it; it is handed out and kept like the case."""

from __future__ import annotations

from datetime import date

import pytest

from backend.client.cases import CasesClient
from backend.client.transport import BackendProblem
from backend.contracts.cases import Case, NewStatement
from backend.one_window.cases.rules import rules
from backend.one_window.cases.service import CASES
from backend.platform.http import DATABASE
from tests.backend.counter import ID_CARD, SUPPLEMENT, does
from tests.conftest import Hall

OTHER_PHONE = "13900000002"


async def says(hall: Hall, conversation: str, case: str, text: str, line: int | None = None) -> Case:
    """The assistant keeps it for the citizen."""
    part = hall.assistant.part(CasesClient)
    return await part.state(case, NewStatement(line=line, text=text), conversation=conversation, key=hall.key())


@pytest.mark.both_databases
async def test_the_clerk_reads_it_with_line_and_time(hall: Hall) -> None:
    """Whose phone is in it nobody sees; the clerk hears of it; the applicant gets it with what is kept of them."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk:
        await does(clerk, case.id, "request_supplement", **SUPPLEMENT)
        told = await says(hall, conversation, case.id, f"身份证补好了，电话{OTHER_PHONE}", line=0)
        await says(hall, conversation, case.id, "下周二送来")
        assert told.state == "awaiting_supplement"
        _, seen = await clerk.get(f"/cases/{case.id}")
        assert [(one["line"], one["text"]) for one in seen["statements"]] == [
            (ID_CARD["name"], "身份证补好了，电话139****0002"),
            ("", "下周二送来"),
        ]
        assert seen["statements"][0]["at"].startswith("2026-11-23")
        _, work = await clerk.get(f"/cases/{case.id}/work")
        assert work["numbers_in_texts"] == 1
        _, events = await clerk.get("/events?after=0")
        assert "case.statement_added" in {one["kind"] for one in events["events"]}
    app = hall.server.app
    async with app[DATABASE].read() as session:
        (exported,) = await app[CASES].export(session, conversation)
        assert [one["text"] for one in exported["statements"]][1] == "下周二送来"
        assert OTHER_PHONE not in str(exported)
        assert len(await app[CASES].placeholders(session, conversation)) == 3


async def refusal(hall: Hall, conversation: str, case: str, line: int | None = None) -> str:
    """Why it is refused."""
    with pytest.raises(BackendProblem) as raised:
        await says(hall, conversation, case, "明天送来", line)
    return raised.value.problem.type.rpartition(":")[2]


async def test_only_where_something_is_asked_for(hall: Hall) -> None:
    """And only by whoever's case it is; a line that is no more, and too many, are refused."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    assert await refusal(hall, conversation, case.id) == "case.nothing_awaited"
    async with hall.staff() as clerk:
        await does(clerk, case.id, "request_supplement", **SUPPLEMENT)
        assert (await clerk.post(f"/cases/{case.id}/statements", {"text": "明天"}))[0] == 403
    assert await refusal(hall, await hall.conversation(), case.id) == "case.unknown"
    assert await refusal(hall, conversation, case.id, line=7) == "case.line_gone"
    for _ in range(rules().statements_most):
        await says(hall, conversation, case.id, "明天送来")
    assert await refusal(hall, conversation, case.id) == "case.statements_many"


async def test_a_field_that_is_wrong_is_told_to_the_clerk_until_the_case_is_decided(hall: Hall) -> None:
    """Nothing has to be asked for; the field is named over it; the new number lies in the vault."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)

    async def wrong(field: str) -> Case:
        new = NewStatement(field=field, text=f"电话写错了，应该是{OTHER_PHONE}")
        return await hall.assistant.part(CasesClient).state(case.id, new, conversation=conversation, key=hall.key())

    told = await wrong("phone")
    assert [(one.line, one.text) for one in told.statements] == [
        ("「手机号码」填错了", "电话写错了，应该是139****0002")
    ]
    with pytest.raises(BackendProblem, match=r"case\.field_unknown"):
        await wrong("shoe_size")
    async with hall.staff() as clerk:
        _, seen = await clerk.get(f"/cases/{case.id}")
        assert seen["statements"][0]["line"] == "「手机号码」填错了"
        await does(clerk, case.id, "refuse", note="缴费不满一年")
    with pytest.raises(BackendProblem, match=r"case\.decided"):
        await wrong("phone")


async def test_what_lacked_at_acceptance_can_be_told_of_too(hall: Hall) -> None:
    """Something still has to come (容缺受理), although the case is being handled."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk:
        status, answer = await does(
            clerk, case.id, "accept", lines=[ID_CARD], until="2026-12-01", note="原件在路上，先受理"
        )
        assert status == 200, answer
    told = await says(hall, conversation, case.id, "快递在路上", line=0)
    assert (told.state, told.supplement_until) == ("accepted", date(2026, 12, 1))
    assert [one.line for one in told.statements] == [ID_CARD["name"]]
