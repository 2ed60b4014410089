"""Cases are found by number, name and telephone; how many there are, and how urgent."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update

from backend.client.cases import CasesClient
from backend.one_window.cases.models import CaseRow
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from tests.backend.counter import does, found
from tests.conftest import APPLICATION, ID_NUMBER, OTHER_ID_NUMBER, PHONE, Hall


@pytest.mark.both_databases
async def test_a_case_is_found_by_name_number_and_telephone(hall: Hall) -> None:
    """Whoever it belongs to in the unit, whatever became of it; another unit finds nothing."""
    async with hall.staff() as clerk, hall.staff(units=("YL",)) as elsewhere:
        case = await hall.submitted(await hall.conversation())
        other = await hall.conversation()
        second = await hall.draft(
            other, {**APPLICATION, "name": "木志强", "id_number": OTHER_ID_NUMBER, "phone": "13800000002"}
        )
        theirs = await hall.assistant.part(CasesClient).submit(second.id, conversation=other, key=hall.key())
        for words in ("和秀英", "秀英", ID_NUMBER, ID_NUMBER[:6] + " " + ID_NUMBER[6:14] + " " + ID_NUMBER[14:],
                      PHONE, "0001", "0018", case.number, case.number_text):  # fmt: skip
            assert await found(clerk, str(words)) == [case.number], words
            assert await found(elsewhere, str(words)) == []
        assert await found(clerk, "木志强") == [theirs.number]
        assert await found(clerk, "王") == []
        assert await found(clerk, "%") == []
        await does(clerk, case.id, "refuse", note="不归我们")
        assert await found(clerk, "和秀英") == [case.number]
        assert await found(clerk, "和秀英", state="accepted") == []


async def test_that_a_person_was_looked_for_is_recorded_not_whom(hall: Hall) -> None:
    """A number of ours is nobody's secret and is not recorded."""
    await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk, hall.staff(Role.AUDITOR, units=()) as auditor:
        for words in ("和秀英", ID_NUMBER, "126"):
            await found(clerk, words)
        _, trail = await auditor.get("/audit?action=case.searched")
    assert [entry["details"] for entry in trail["entries"]] == [
        {"by": "identifier", "found": 1},
        {"by": "name", "found": 1},
    ]
    assert "和秀英" not in str(trail)


@pytest.mark.both_databases
async def test_what_is_overdue_due_today_and_due_soon(hall: Hall) -> None:
    """Each open case counts once; a finished one and one whose clock stands still do not; the counts are filters too."""
    async with hall.staff() as clerk:
        cases = [await hall.submitted(await hall.conversation()) for _ in range(6)]
        days = ("2026-11-20", "2026-11-23", "2026-11-24", "2026-11-26", "2026-11-27", None)
        async with hall.server.app[DATABASE].write() as session:
            for case, day in zip(cases, days, strict=True):
                due_on = None if day is None else date.fromisoformat(day)
                await session.execute(update(CaseRow).where(CaseRow.id == case.id).values(due_on=due_on))
        _, queue = await clerk.get("/cases")
        assert queue["due"] == {"overdue": 1, "today": 1, "soon": 2}
        _, soon = await clerk.get("/cases?due=soon")
        assert ([one["id"] for one in soon["cases"]], soon["total"]) == ([cases[2].id, cases[3].id], 2)
        await does(clerk, cases[0].id, "refuse", note="不归我们")
        _, queue = await clerk.get("/cases?due=overdue")
        assert (queue["due"]["overdue"], queue["cases"]) == (0, [])


async def test_two_people_of_one_name_are_told_apart_without_showing_who_they_are(hall: Hall) -> None:
    """By what the masked numbers show at their end and by the day it was begun."""
    async with hall.staff() as clerk:
        for number, phone in ((ID_NUMBER, PHONE), (OTHER_ID_NUMBER, "13800000002")):
            conversation = await hall.conversation()
            draft = await hall.draft(conversation, {**APPLICATION, "id_number": number, "phone": phone})
            await hall.assistant.part(CasesClient).submit(draft.id, conversation=conversation, key=hall.key())
        _, answer = await clerk.post("/cases/search", {"q": "和秀英"})
    rows = answer["cases"]
    assert {one["applicant"] for one in rows} == {"和**"}
    assert {(one["id_end"], one["phone_end"]) for one in rows} == {("0018", "0001"), ("0029", "0002")}
    assert all(one["begun_at"].startswith("2026-11-23") for one in rows)
    assert ID_NUMBER not in str(answer)


async def test_a_number_is_no_purpose_of_looking_at_one(hall: Hall) -> None:
    """Words say what for; refused with the field named, nothing is recorded as seen."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        for purpose in (OTHER_ID_NUMBER, "13800000002", "，，，，", "看 13800000002"):
            body = {"fields": ["phone"], "purpose": purpose}
            status, problem = await clerk.post(f"/cases/{case.id}/unmask", body)
            assert (status, problem["field"]) == (422, "purpose"), purpose
        status, shown = await clerk.post(f"/cases/{case.id}/unmask", {"fields": ["phone"], "purpose": "通知来取件"})
        assert (status, shown["values"]) == (200, {"phone": PHONE})
