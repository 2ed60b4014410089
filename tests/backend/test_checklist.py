"""The checklist of a case, and what is asked for because it lacks (容缺受理, 补正)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.client.notices import NoticesClient
from backend.contracts.cases import DraftAnswer, NewCase
from backend.contracts.notices import NoticeRequest
from tests.backend.counter import ID_CARD, SUPPLEMENT, does, marks
from tests.conftest import APPLICATION, LACKING_TOLD, Browser, Hall


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
        status, problem = await does(clerk, started.id, "request_supplement", lines=[line], until="2026-12-01")
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
        status, problem = await does(clerk, case.id, "request_supplement", lines=[account], until="2026-11-30")
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


@pytest.mark.parametrize("written", ["身份证", "身份证原件", "社保卡", "本人身份证（看得清的）"])
async def test_what_is_written_by_hand_counts_as_the_material_it_names(hall: Hall, written: str) -> None:
    """Under any of its usual names, so that writing instead of picking leaves nothing untold."""
    case = await hall.submitted(await hall.conversation())
    line = {"name": written, "why": "核对身份", "how": "带来"}
    async with hall.staff() as clerk:
        status, shown = await does(clerk, case.id, "request_supplement", lines=[line], until="2026-11-30")
        assert status == 200, shown
    assert [(one["name"], one["material"]) for one in shown["supplement"]] == [(written, "id_card")]


@pytest.mark.parametrize("written", ["离职证明", "社会保障卡银行功能", "户口簿"])
async def test_writing_by_hand_leaves_nothing_out_either(hall: Hall, written: str) -> None:
    """Something else than what lacks: what lacks has to be told with it."""
    case = await hall.submitted(await hall.conversation())
    line = {"name": written, "why": "看离职原因", "how": "找原单位开"}
    async with hall.staff() as clerk:
        status, problem = await does(clerk, case.id, "request_supplement", lines=[line], until="2026-11-30")
    assert (status, problem["field"]) == (422, "lines")
    assert "本人身份证或社会保障卡" in problem["detail"]


async def test_the_applicant_is_told_what_still_has_to_come_after_acceptance(hall: Hall) -> None:
    """容缺受理: which materials and until when, in the message and in every answer after, until they came."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk:
        await does(clerk, case.id, "accept", **LACKING_TOLD)
        said = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages[-1]
        for words in ("已经受理", "还要补1样材料：本人身份证或社会保障卡。请在2026年12月1日前补好。"):
            assert words in said.text
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert [line.material for line in told.supplement] == ["id_card"]
        assert told.supplement_until == date(2026, 12, 1)
        await marks(clerk, case.id, "id_card", "received")
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert (told.supplement, told.supplement_until) == ((), None)
    assert "还要补" not in told.sentence


async def test_the_list_never_contradicts_the_case(hall: Hall) -> None:
    """What was received before it is asked for again lacks until it comes again; whoever confirms that all came has received it all."""
    minute = timedelta(minutes=1)
    case = await hall.submitted(await hall.conversation())

    async def stands(clerk: Browser) -> tuple[str, bool, list[str]]:
        _, work = await clerk.get(f"/cases/{case.id}/work")
        line = next(one for one in work["checklist"] if one["material"] == "id_card")
        return work["listed"], line["lacking"], [mark["mark"] for mark in line["marks"]]

    async with hall.staff() as clerk:
        assert await stands(clerk) == ("还缺1样", True, [])
        await marks(clerk, case.id, "id_card", "received")
        assert await stands(clerk) == ("齐了", False, ["received"])
        hall.clock.move(minute)
        other = {"name": "照片", "why": "办证要用", "how": "带来"}
        await does(clerk, case.id, "request_supplement", **{**SUPPLEMENT, "lines": [ID_CARD, other]})
        assert await stands(clerk) == ("等补正，还差2样", True, [])
        hall.clock.move(minute)
        assert (await marks(clerk, case.id, "id_card", "received"))[0] == 200
        assert await stands(clerk) == ("等补正，还差1样", False, ["received"])
        await does(clerk, case.id, "receive_supplement")
        assert await stands(clerk) == ("齐了", False, ["received"])
        hall.clock.move(minute)
        await does(clerk, case.id, "request_supplement", **SUPPLEMENT, why_again="看不清")
        assert await stands(clerk) == ("等补正，还差1样", True, [])
        hall.clock.move(minute)
        await marks(clerk, case.id, "id_card", "received")
        assert (await stands(clerk))[0] == "补正的都收到了，请点「补正材料已收到」"
        await marks(clerk, case.id, "id_card", "received", done=False)
        await does(clerk, case.id, "receive_supplement")
        assert await stands(clerk) == ("齐了", False, ["received"])
        status, shown = await does(clerk, case.id, "accept")
        assert (status, shown["state"]) == (200, "accepted")
