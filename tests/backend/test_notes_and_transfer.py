"""Internal notes, and handing a case on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from unittest import mock

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.contracts.cases import CaseStep
from backend.one_window.cases.access import Standing
from backend.one_window.cases.deciding import held_elsewhere
from backend.one_window.cases.models import CaseRow, CaseStepRow
from backend.one_window.cases.steps import Actor
from backend.platform.http import DATABASE
from backend.platform.identity import Principal
from backend.platform.permissions import Role
from backend.platform.staff_directory import CaseWorker, StaffDirectory
from tests.backend.counter import does
from tests.backend.test_queue import me
from tests.conftest import LACKING_TOLD, Hall


@dataclass(frozen=True)
class Worker:
    """Somebody of these units."""

    id: str
    units: set[str]

    @property
    def worker(self) -> CaseWorker:
        """As the directory knows them."""
        return CaseWorker(self.id, f"name of {self.id}", False, frozenset(self.units), True)

    @property
    def principal(self) -> Principal:
        """As they ask."""
        return Principal("staff", id=self.id, units=frozenset(self.units))


async def test_internal_notes_stay_inside(hall: Hall) -> None:
    """Colleagues read them, newest first; neither the applicant nor what is handed out to them holds a word of it."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk, hall.staff() as colleague:
        await clerk.post(f"/cases/{case.id}/notes", {"text": "申请人耳背，打电话要大声"})
        await colleague.post(f"/cases/{case.id}/notes", {"text": "已经打过"})
        _, work = await clerk.get(f"/cases/{case.id}/work")
        assert [note["text"] for note in work["notes"]] == ["已经打过", "申请人耳背，打电话要大声"]
        status, problem = await clerk.post(f"/cases/{case.id}/notes", {"text": "  "})
        assert (status, problem["field"]) == (422, "text")
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert "耳背" not in told.model_dump_json()
    said = await hall.connectors.part(ConversationsClient).messages(conversation)
    assert "耳背" not in said.model_dump_json()


async def test_a_transfer_with_its_note(hall: Hall) -> None:
    """To somebody who can have it, with a reason colleagues read; the applicant sees who is responsible now, not why."""
    conversation = await hall.conversation()
    async with hall.staff() as clerk, hall.staff(units=("YL",)) as elsewhere:
        case = await hall.submitted(conversation)
        async with hall.staff() as colleague:
            taker = await me(colleague)
            for told, field in (
                ({"to": await me(elsewhere), "note": "请办"}, "to"),
                ({"to": await me(clerk), "note": "请办"}, "to"),
                ({"note": "请办"}, "to"),
                ({"to": taker}, "note"),
            ):
                status, problem = await does(clerk, case.id, "transfer", **told)
                assert (status, problem["field"]) == (422, field)
            status, shown = await does(clerk, case.id, "transfer", to=taker, note="他熟悉这个单位")
            assert (status, shown["state"]) == (200, "submitted")
            _, queue = await colleague.get("/cases?scope=mine")
            assert [one["id"] for one in queue["cases"]] == [case.id]
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert "熟悉" not in told.model_dump_json()


async def test_a_case_that_was_handed_on_is_decided_by_those_who_hold_it(hall: Hall) -> None:
    """The comprehensive window has it: the unit sees why it cannot, and takes it back first; within a unit all its colleagues decide."""
    async with hall.staff() as clerk, hall.staff(units=("*",)) as window, hall.staff(units=("*",)) as beside:
        case = await hall.submitted(await hall.conversation())
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        await does(clerk, case.id, "transfer", to=await me(window), note="请接着办")
        status, problem = await does(clerk, case.id, "approve", note="核定18个月")
        assert (status, problem["title"]) == (403, "已经转出去了")
        assert "先转办给自己" in problem["detail"]
        _, seen = await clerk.get(f"/cases/{case.id}")
        assert [choice["step"] for choice in seen["steps"]] == ["transfer"]
        _, work = await clerk.get(f"/cases/{case.id}/work")
        assert "由那边决定" in work["waits_for"]
        assert await me(clerk) in [one["id"] for one in work["colleagues"]]
        _, work = await beside.get(f"/cases/{case.id}/work")
        assert work["waits_for"] == ""
        await does(clerk, case.id, "transfer", to=await me(clerk), note="我接着办")
        status, shown = await does(clerk, case.id, "approve", note="核定18个月")
        assert (status, shown["state"]) == (200, "approved")


CLERK, WINDOW = Worker("clerk", {"SY"}), Worker("window", {"*"})
BOTH_UNITS, OTHER_UNIT = Worker("both", {"SY", "YL"}), Worker("other", {"YL"})


@pytest.mark.parametrize(
    ("holder", "who", "deputy_for", "elsewhere"),
    [
        (WINDOW, CLERK, None, True),
        (WINDOW, BOTH_UNITS, None, True),
        (WINDOW, CLERK, "window", False),
        (WINDOW, WINDOW, None, False),
        (CLERK, CLERK, None, False),
        (CLERK, BOTH_UNITS, None, False),
        (CLERK, WINDOW, None, False),
        (BOTH_UNITS, OTHER_UNIT, None, False),
        (OTHER_UNIT, CLERK, None, True),
        (None, CLERK, None, False),
    ],
)
async def test_who_decides_what_was_handed_on(
    holder: Worker | None, who: Worker, deputy_for: str | None, elsewhere: bool
) -> None:
    """Who shares a unit with the holder, stands in for them, or handles every unit; one who has left holds nothing back."""
    row = CaseRow(unit="SY", owner="gone" if holder is None else holder.id)
    staff = cast(
        "StaffDirectory", mock.Mock(case_workers=mock.AsyncMock(return_value=[] if holder is None else [holder.worker]))
    )
    standing = Standing(frozenset({Actor.CLERK}), deputy_for)

    async def held(*steps: CaseStep, by: Principal = who.principal) -> str | None:
        done = [CaseStepRow(step=step) for step in steps]
        return await held_elsewhere(cast("AsyncSession", None), staff, row, done, standing, by)

    told = await held(CaseStep.SUBMIT, CaseStep.TRANSFER, CaseStep.ACCEPT)
    assert told == (None if holder is None or not elsewhere else holder.worker.name)
    assert await held(CaseStep.SUBMIT, CaseStep.ACCEPT) is None
    assert await held(CaseStep.TRANSFER, by=Principal("citizen", id="c")) is None


async def test_the_former_owner_hears_that_another_accepted(hall: Hall) -> None:
    """Also one who has no other business with the unit."""
    async with hall.staff(units=("YL",)) as former, hall.staff() as clerk:
        case = await hall.submitted(await hall.conversation())
        async with hall.server.app[DATABASE].write() as session:
            await session.execute(update(CaseRow).where(CaseRow.id == case.id).values(owner=await me(former)))
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        _, heard = await former.get("/events?after=0&kinds=case.accepted")
    assert [event["subject"] for event in heard["events"]] == [f"case:{case.id}"]


async def test_a_number_in_a_note_is_read_again_for_a_stated_purpose(hall: Hall) -> None:
    """What was written into notes and with steps, of this case only; recorded with its purpose, never the number."""
    case = await hall.submitted(await hall.conversation())
    address = f"/cases/{case.id}/unmask"
    async with hall.staff() as clerk, hall.staff(units=("YL",)) as elsewhere, hall.staff(Role.AUDITOR) as auditor:
        status, problem = await clerk.post(address, {"purpose": "打电话请他来"})
        assert (status, problem["field"]) == (422, "fields")
        await clerk.post(f"/cases/{case.id}/notes", {"text": "儿子的电话13900000007"})
        await does(clerk, case.id, "accept", note="请儿子13900000009送来", until="2026-12-01")
        _, work = await clerk.get(f"/cases/{case.id}/work")
        assert (work["notes"][0]["text"], work["numbers_in_texts"]) == ("儿子的电话139****0007", 2)
        status, shown = await clerk.post(address, {"texts": True, "purpose": "打电话请他来"})
        assert (status, shown["values"]) == (200, {})
        assert {one["masked"]: one["value"] for one in shown["texts"]} == {
            "139****0007": "13900000007",
            "139****0009": "13900000009",
        }
        assert (await elsewhere.post(address, {"texts": True, "purpose": "打电话请他来"}))[0] == 404
        _, trail = await auditor.get("/audit?action=case.unmasked")
    (entry,) = trail["entries"]
    assert (entry["purpose"], entry["details"]) == ("打电话请他来", {"fields": ["texts"]})
    assert "13900000007" not in str(trail)
