"""The counter: who sees a case, what they can do, the checklist, notes, transfer, cover for leave, two people, documents."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.client.notices import NoticesClient
from backend.contracts.cases import Case, CaseState, DraftAnswer, NewCase
from backend.contracts.notices import NoticeRequest
from backend.one_window.cases.assignment import Load, next_owner
from backend.one_window.cases.models import CaseRow
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from backend.platform.staff_directory import CaseWorker
from tests.backend.test_editing import draft, editors, step, text_with
from tests.backend.test_queue import me
from tests.conftest import APPLICATION, ID_NUMBER, LACKING_TOLD, OTHER_ID_NUMBER, PHONE, Browser, Hall

ID_CARD = {"name": "本人身份证或社会保障卡", "why": "核对身份", "how": "带原件来", "material": "id_card"}


async def does(clerk: Browser, case_id: str, name: str, **told: Any) -> tuple[int, Any]:
    """A step."""
    return await clerk.post(f"/cases/{case_id}/steps/{name}", told)


async def marks(clerk: Browser, case_id: str, material: str, mark: str, *, done: bool = True) -> tuple[int, Any]:
    """A mark on the checklist."""
    return await clerk.post(f"/cases/{case_id}/materials/{material}/{mark}", {"done": done})


async def decided_by_two(hall: Hall) -> None:
    """From now on LJ-SY-001 is decided by two people."""
    async with editors(hall) as (author, colleague):
        version = await draft(author, text_with(reviewed=True), "两个人办")
        await step(author, version, "submit")
        assert (await step(colleague, version, "approve"))[1]["status"] == "in_force"


async def found(clerk: Browser, words: str, **query: Any) -> list[str]:
    """Numbers of the cases that a search finds."""
    status, answer = await clerk.post("/cases/search", {"q": words, **query})
    assert status == 200, answer
    return [one["number"] for one in answer["cases"]]


@asynccontextmanager
async def covered(hall: Hall) -> AsyncIterator[tuple[Case, Browser, Browser]]:
    """A case of an absent clerk of SY, the absent clerk, and a clerk of another unit who stands in."""
    async with hall.staff() as absent, hall.staff(units=("YL",)) as deputy:
        case = await hall.submitted(await hall.conversation())
        cover = {"deputy": await me(deputy), "starts_on": "2026-11-23", "ends_on": "2026-11-24"}
        status, arranged = await absent.post("/covers", cover)
        assert status == 201, arranged
        yield case, absent, deputy


# --- what is offered: written out here, independently of the table

OFFERED = {
    "submitted": ["accept", "request_supplement", "refuse", "transfer"],
    "accepted": ["approve", "request_supplement", "reject", "transfer"],
    "awaiting_supplement": ["receive_supplement", "transfer"],
    "awaiting_review": ["confirm", "send_back", "transfer"],
    "approved": ["deliver"],
    "rejected": ["deliver"],
    "refused": [],
    "delivered": [],
    "withdrawn": [],
}
APPLICANT = {"submitted": ["withdraw"], "accepted": ["withdraw"], "awaiting_supplement": ["withdraw"],
             "awaiting_review": ["withdraw"]}  # fmt: skip


async def brought_to(hall: Hall, clerk: Browser, case: Case, state: str) -> None:
    """The way to a state, by steps where there are some, else set in the database."""
    ways: dict[str, list[tuple[str, dict[str, Any]]]] = {
        "submitted": [],
        "accepted": [("accept", LACKING_TOLD)],
        "awaiting_supplement": [("request_supplement", {"lines": [{"name": "甲", "why": "乙", "how": "丙"}]})],
        "approved": [("accept", LACKING_TOLD), ("approve", {"note": "好"})],
        "rejected": [("accept", LACKING_TOLD), ("reject", {"note": "不符合"})],
        "refused": [("refuse", {"note": "不归我们"})],
        "delivered": [("accept", LACKING_TOLD), ("approve", {"note": "好"}), ("deliver", {})],
        "awaiting_review": [("accept", LACKING_TOLD), ("propose_approval", {"note": "好"})],
    }
    if state == "withdrawn":
        async with hall.server.app[DATABASE].write() as session:
            await session.execute(update(CaseRow).where(CaseRow.id == case.id).values(state="withdrawn"))
        return
    for name, told in ways[state]:
        status, answer = await does(clerk, case.id, name, **told)
        assert status == 200, answer


@pytest.mark.parametrize("state", list(OFFERED))
async def test_what_is_offered_in_each_state_to_whom(hall: Hall, state: str) -> None:
    """The unit's clerk and lead and the comprehensive window: the same steps; another unit nothing; the applicant may withdraw."""
    if state == "awaiting_review":
        await decided_by_two(hall)
    conversation = await hall.conversation()
    async with hall.staff() as clerk, hall.staff(Role.UNIT_LEAD) as lead, hall.staff(units=("*",)) as window:
        case = await hall.submitted(conversation)
        await brought_to(hall, clerk, case, state)
        seen = {}
        for name, who in (("clerk", clerk), ("lead", lead), ("window", window)):
            _, shown = await who.get(f"/cases/{case.id}")
            seen[name] = [choice["step"] for choice in shown["steps"]]
        expected = OFFERED[state]
        assert seen["lead"] == seen["window"] == expected
        proposer = [name for name in expected if name != "confirm"]
        assert seen["clerk"] == (proposer if state == "awaiting_review" else expected)
        for other in (Role.COUNTER_CLERK, Role.UNIT_LEAD):
            async with hall.staff(other, units=("YL",)) as elsewhere:
                assert (await elsewhere.get(f"/cases/{case.id}"))[0] == 404
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert [choice.step for choice in told.steps] == APPLICANT.get(state, [])


# --- two people


async def test_a_decision_by_two_needs_another_person(hall: Hall) -> None:
    """Who proposes cannot confirm; the applicant hears of the decision only when it is confirmed."""
    await decided_by_two(hall)
    conversation = await hall.conversation()
    async with hall.staff() as one, hall.staff() as other:
        case = await hall.submitted(conversation)
        await does(one, case.id, "accept", **LACKING_TOLD)
        status, problem = await does(one, case.id, "approve", note="核定18个月")
        assert (status, problem["title"]) == (409, "这个事项不这样办")
        status, shown = await does(one, case.id, "propose_approval", note="核定18个月")
        assert (status, shown["state"]) == (200, "awaiting_review")
        status, problem = await does(one, case.id, "confirm")
        assert (status, problem["title"]) == (403, "您现在不能办")
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert (told.state_text, "核定" in told.model_dump_json()) == ("已受理，办理中", False)
        status, shown = await does(other, case.id, "send_back", note="月数再算一遍")
        assert shown["state"] == "accepted"
        await does(one, case.id, "propose_approval", note="核定12个月")
        status, shown = await does(other, case.id, "confirm")
        assert (status, shown["state"]) == (200, "approved")
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert told.sentence == "您办的「领失业金」已经办结：核定12个月。"
    assert [entry.step for entry in told.history] == ["submit", "accept", "confirm"]
    assert "月数再算" not in told.model_dump_json()


async def test_a_rejection_by_two_becomes_a_rejection(hall: Hall) -> None:
    """And its document says so, also once it is delivered."""
    await decided_by_two(hall)
    async with hall.staff() as one, hall.staff() as other:
        case = await hall.submitted(await hall.conversation())
        await does(one, case.id, "accept", **LACKING_TOLD)
        await does(one, case.id, "propose_rejection", note="缴费不满一年")
        _, shown = await does(other, case.id, "confirm")
        assert shown["state"] == "rejected"
        _, shown = await does(other, case.id, "deliver")
        address = next(entry["document"] for entry in shown["history"] if entry["step"] == "confirm")
        _, page = await one.get(address)
    assert "不予办理决定书" in page
    assert "理由：缴费不满一年" in page


async def test_an_item_decided_by_one_is_not_sent_to_review(hall: Hall) -> None:
    """The flag is the item's."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        status, _ = await does(clerk, case.id, "propose_approval", note="好")
    assert status == 409


# --- search


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
                      PHONE, "0001", case.number, case.number_text):  # fmt: skip
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


# --- at the counter


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


# --- checklist


async def test_the_checklist_is_the_notice(hall: Hall) -> None:
    """What the notice told; a material that is not on it cannot be marked, nor demanded."""
    conversation = await hall.conversation()
    notice = await hall.assistant.part(NoticesClient).issue(
        NoticeRequest(item="LJ-SY-001", situation={"by_proxy": True}), conversation=conversation, key=hall.key()
    )
    started = await hall.assistant.part(CasesClient).start(
        NewCase(item="LJ-SY-001", notice=notice.number), conversation=conversation, key=hall.key()
    )
    for name, said in APPLICATION.items():
        text = await hall.say(conversation, said)
        await hall.assistant.part(CasesClient).answer(
            started.id, DraftAnswer(field=name, value=text), conversation=conversation, key=hall.key()
        )
    await hall.assistant.part(CasesClient).submit(started.id, conversation=conversation, key=hall.key())
    async with hall.staff() as clerk:
        _, work = await clerk.get(f"/cases/{started.id}/work")
        assert [line["material"] for line in work["checklist"]] == [line.material for line in notice.lines]
        assert {line["material"] for line in work["checklist"] if line["lacking"]} == {"id_card", "proxy_letter"}
        assert (await marks(clerk, started.id, "marriage_certificate", "received"))[0] == 404
        line = {**ID_CARD, "material": "marriage_certificate"}
        status, problem = await does(clerk, started.id, "request_supplement", lines=[line])
        assert (status, problem["field"]) == (422, "lines")


async def test_marks_in_their_order(hall: Hall) -> None:
    """Copied and returned need received; received is not lifted under them; after the end only returning is left."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        assert (await marks(clerk, case.id, "id_card", "copied"))[1]["detail"].startswith(
            "「本人身份证或社会保障卡」还没收到"
        )
        status, work = await marks(clerk, case.id, "id_card", "received")
        assert status == 200
        assert (await marks(clerk, case.id, "id_card", "received"))[0] == 200
        line = next(one for one in work["checklist"] if one["material"] == "id_card")
        assert (line["lacking"], [mark["mark"] for mark in line["marks"]]) == (False, ["received"])
        assert line["marks"][0]["by"] == "木丽华（窗口经办）"
        assert (await marks(clerk, case.id, "id_card", "copied"))[0] == 200
        assert (await marks(clerk, case.id, "id_card", "received", done=False))[0] == 409
        await does(clerk, case.id, "refuse", note="不归我们")
        assert (await marks(clerk, case.id, "id_card", "copied", done=False))[0] == 409
        assert (await marks(clerk, case.id, "id_card", "returned"))[0] == 200
        assert (await marks(clerk, case.id, "id_card", "eaten"))[0] == 404
    events = (await hall.connectors.part(EventsClient).after(0)).events
    told = [event.data["mark"] for event in events if event.kind == "case.material_marked"]
    assert told == ["received", "copied", "returned"]


async def test_all_that_lacks_is_told_at_once(hall: Hall) -> None:
    """One-time notice: a request that is picked from the checklist leaves nothing out; its deadline is on the case."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    account = {**ID_CARD, "name": "收钱的账户", "material": "bank_account"}
    async with hall.staff() as clerk:
        status, problem = await does(clerk, case.id, "request_supplement", lines=[account])
        assert (status, problem["detail"].split("」")[0]) == (422, "「本人身份证或社会保障卡")
        _, work = await clerk.get(f"/cases/{case.id}/work")
        assert work["until"] == "2026-11-30"
        status, shown = await does(clerk, case.id, "request_supplement", lines=[ID_CARD, account], until="2026-11-30")
        assert (status, shown["supplement_until"]) == (200, "2026-11-30")
        _, page = await clerk.get(shown["history"][-1]["document"])
        for words in ("补正通知书", "和秀英", "2026年11月30日前补齐", "为什么要：核对身份"):
            assert words in page
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert [line.name for line in told.supplement] == ["本人身份证或社会保障卡", "收钱的账户"]


@pytest.mark.parametrize(
    ("told", "field"),
    [({}, "note"), ({"note": "原件在路上"}, "until"), ({"note": "原件在路上", "until": "9999-12-31"}, "until")],
)
async def test_accepting_with_something_lacking_needs_a_reason_and_a_day(
    hall: Hall, told: dict[str, str], field: str
) -> None:
    """容缺受理: never silently."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        status, problem = await does(clerk, case.id, "accept", **told)
        assert (status, problem["field"]) == (422, field)
        assert (await clerk.get(f"/cases/{case.id}"))[1]["state"] == "submitted"


async def test_the_receipt_says_what_still_lacks_and_by_when(hall: Hall) -> None:
    """Also when it is printed again after the material came."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        status, shown = await does(clerk, case.id, "accept", **LACKING_TOLD)
        assert status == 200, shown
        await marks(clerk, case.id, "id_card", "received")
        _, page = await clerk.get(shown["history"][-1]["document"])
    for words in ("容缺受理回执", "原件在路上，先受理", "2026年12月1日前补齐", "还缺的材料", "本人身份证或社会保障卡"):
        assert words in page


# --- notes, transfer


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


async def test_the_former_owner_hears_that_another_accepted(hall: Hall) -> None:
    """Also one who has no other business with the unit."""
    async with hall.staff(units=("YL",)) as former, hall.staff() as clerk:
        case = await hall.submitted(await hall.conversation())
        async with hall.server.app[DATABASE].write() as session:
            await session.execute(update(CaseRow).where(CaseRow.id == case.id).values(owner=await me(former)))
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        _, heard = await former.get("/events?after=0&kinds=case.accepted")
    assert [event["subject"] for event in heard["events"]] == [f"case:{case.id}"]


# --- cover for leave


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
        ({"starts_on": "2026-11-25", "ends_on": "2026-11-24"}, 422, "body"),
        ({"starts_on": "2026-11-24", "ends_on": "2026-11-28"}, 409, "starts_on"),
    ],
)
async def test_a_cover_that_cannot_be(hall: Hall, changed: dict[str, Any], status: int, field: str) -> None:
    """Named: unknown people, days gone by or in the wrong order, an absence that has a deputy already."""
    async with covered(hall) as (_, absent, deputy):
        cover = {"deputy": await me(deputy), "starts_on": "2026-12-01", "ends_on": "2026-12-02", **changed}
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


# --- fair spread


def worker(name: str, *, lead: bool = False, units: tuple[str, ...] = ("SY",), here: bool = True) -> CaseWorker:
    """Somebody who can have cases."""
    return CaseWorker(name, name, lead, frozenset(units), here)


@pytest.mark.parametrize(
    ("workers", "away", "open_cases", "owner"),
    [
        ((worker("a"), worker("b")), set(), {"a": 3, "b": 1}, "b"),
        ((worker("a", here=False), worker("b")), set(), {"b": 9}, "b"),
        ((worker("a", here=False), worker("b", here=False)), set(), {"a": 1}, "b"),
        ((worker("a", lead=True), worker("b")), set(), {"b": 9}, "b"),
        ((worker("a", lead=True), worker("w", units=("*",))), set(), {}, "w"),
        ((worker("a", lead=True),), set(), {}, "a"),
        ((worker("a"), worker("w", units=("*",))), set(), {"a": 9}, "a"),
        ((worker("a"), worker("b")), {"a"}, {"b": 9}, "b"),
        ((worker("a"),), {"a"}, {}, None),
        ((), set(), {}, None),
    ],
)
def test_who_gets_a_new_case(
    workers: tuple[CaseWorker, ...], away: set[str], open_cases: dict[str, int], owner: str | None
) -> None:
    """Who is here before who is not, clerks before leads, the unit's own before the comprehensive window, the least loaded."""
    loads = {name: Load(count) for name, count in open_cases.items()}
    assert next_owner("SY", workers, away, loads) == owner


@pytest.mark.both_databases
async def test_new_cases_take_turns_among_those_who_are_here(hall: Hall) -> None:
    """Two clerks at their place share; one who signed in two hours ago and did nothing since, and the lead, get none."""
    async with hall.staff() as early, hall.staff(Role.UNIT_LEAD) as lead:
        hall.clock.move(timedelta(hours=2))
        await lead.sign_in()
        async with hall.staff() as one, hall.staff() as other:
            for _ in range(4):
                await hall.submitted(await hall.conversation())
            totals = [(await who.get("/cases?scope=mine"))[1]["total"] for who in (one, other, early, lead)]
            assert totals == [2, 2, 0, 0]
            hall.clock.move(timedelta(minutes=30))
            await early.get("/staff/me")
            await hall.submitted(await hall.conversation())
            assert (await early.get("/cases?scope=mine"))[1]["total"] == 1


# --- counts, documents, drafts


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


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ([("accept", {})], ("受理回执", "决定予以受理", "10个工作日", "－受1")),
        (
            [("refuse", {"note": "不归我们"})],
            ("不予受理通知书", "理由：不归我们", "六十日内", "六个月内", "行政复议法》第二十条"),
        ),
        ([("accept", {}), ("approve", {"note": "核定18个月"})], ("办理决定书", "办理结果：核定18个月", "六十日内")),
        ([("accept", {}), ("reject", {"note": "缴费不满一年"})], ("不予办理决定书", "理由：缴费不满一年", "六十日内")),
    ],
)
async def test_documents_have_what_documents_have(
    hall: Hall, steps: list[tuple[str, dict[str, Any]]], words: tuple[str, ...]
) -> None:
    """Number, to whom, facts, basis, remedy with its term, date, place for the seal; the identity number is masked."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk, hall.staff(units=("YL",)) as elsewhere:
        await marks(clerk, case.id, "id_card", "received")
        for name, told in steps:
            status, shown = await does(clerk, case.id, name, **told)
            assert status == 200, shown
        address = shown["history"][-1]["document"]
        _, page = await clerk.get(address)
        for expected in (
            *words,
            str(case.number_text),
            "和秀英",
            "530***********0018",
            "2026年11月23日",
            "（盖章）",
            "社会保险法",
        ):
            assert expected in page
        assert ID_NUMBER not in page
        assert ("本人身份证或社会保障卡" in page) is (words[0] == "受理回执")
        assert (await elsewhere.get(address))[0] == 404
        assert (await clerk.get(address.rpartition("/")[0] + "/999999"))[0] == 404
        submitted = address.rpartition("/")[0] + "/1"
        assert (await clerk.get(submitted))[0] == 404


async def test_a_draft_says_how_long_it_will_take(hall: Hall) -> None:
    """As the notice says it; 「时限待中心公布」 only where nothing is published."""
    case = await hall.draft(await hall.conversation(), {})
    assert case.state is CaseState.DRAFT
    assert case.due_text == "提交以后，从收到申请的第二天算起，10个工作日内办好（法定）。"
