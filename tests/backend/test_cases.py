"""Cases: what an applicant and a clerk rely on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.events import EventsClient
from backend.contracts.cases import CaseState, DraftAnswer, NewCase
from backend.platform.permissions import Role
from tests.backend.counter import SUPPLEMENT, does
from tests.conftest import ID_NUMBER, LACKING_TOLD, OTHER_ID_NUMBER, Hall

NOTHING_DUE = {"overdue": 0, "today": 0, "soon": 0}
LINE = {"name": "解除劳动关系证明", "why": "系统里查不到停保信息", "how": "拍照发来或带原件到窗口"}


@pytest.mark.both_databases
async def test_submitting_gives_number_due_date_and_owner(hall: Hall) -> None:
    """《社会保险经办条例》第二十四条: ten working days from receipt; every case has an owner."""
    async with hall.staff():
        case = await hall.submitted(await hall.conversation())
    assert case.number is not None
    assert case.number.startswith("1261123")
    assert case.number_text == " ".join(case.number[i : i + 4] for i in (0, 4, 8))
    assert case.due_on == date(2026, 12, 7)
    assert case.due_text == "最晚2026年12月7日办好。"
    assert case.owner == "木丽华（窗口经办）"


@pytest.mark.both_databases
async def test_the_walk_from_draft_to_delivery(hall: Hall) -> None:
    """Accept, supplement, decide, deliver: the clock stops while the applicant supplements and explains itself."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk:
        path = f"/cases/{case.id}/steps/"
        status, shown = await clerk.post(path + "accept", LACKING_TOLD)
        assert (status, shown["state"]) == (200, "accepted")
        hall.clock.move(timedelta(days=1))
        await clerk.sign_in()
        await clerk.post(f"/cases/{case.id}/materials/id_card/received", {"done": True})
        status, shown = await clerk.post(path + "request_supplement", {"lines": [LINE], "until": "2026-12-01"})
        assert shown["state"] == "awaiting_supplement"
        assert shown["deadlines"][0]["sentence"] == (
            "法定时限10个工作日，已用1天，2026年11月24日起暂停，等补材料；补齐后接着算。"
        )
        told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
        assert told.sentence == (
            "您办的「领失业金」要补1样材料：解除劳动关系证明。请在2026年12月1日前补好。等您补材料期间不计时间。"
        )
        hall.clock.move(timedelta(days=2))
        await clerk.sign_in()
        status, shown = await clerk.post(path + "receive_supplement", {})
        assert (shown["state"], shown["due_on"]) == ("accepted", "2026-12-09")
        status, shown = await clerk.post(path + "approve", {"note": "核定18个月，按月发放"})
        assert shown["state"] == "approved"
        status, shown = await clerk.post(path + "deliver", {})
        assert [entry["step"] for entry in shown["history"]] == [
            "submit", "accept", "request_supplement", "receive_supplement", "approve", "deliver",
        ]  # fmt: skip
    said = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
    news = [message.text for message in said if message.sender == "system"]
    assert len(news) == 5
    assert news[0].startswith(f"好消息，您的件（{case.number_text}）已经受理。")


@pytest.mark.parametrize(
    ("step", "body", "field"),
    [
        ("refuse", {"note": " "}, "note"),
        ("request_supplement", {"lines": []}, "lines"),
        ("request_supplement", {"lines": [LINE], "until": "2026-11-23"}, "until"),
        ("request_supplement", {"lines": [LINE]}, "until"),
        ("request_supplement", {"lines": [LINE], "until": "2027-01-23"}, "until"),
        ("request_supplement", {"lines": [{**LINE, "why": ""}]}, "lines.0.why"),
    ],
)
async def test_a_step_without_its_reasons_is_refused_with_the_field_named(
    hall: Hall, step: str, body: dict[str, object], field: str
) -> None:
    """Refusals carry reasons; a supplement request says what, why and how, once."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        status, problem = await clerk.post(f"/cases/{case.id}/steps/{step}", body)
    assert (status, problem["field"]) == (422, field)


@pytest.mark.parametrize("step", ["approve", "deliver", "receive_supplement"])
async def test_unlawful_steps_are_refused(hall: Hall, step: str) -> None:
    """A case that is not accepted cannot be decided."""
    case = await hall.submitted(await hall.conversation())
    async with hall.staff() as clerk:
        status, problem = await clerk.post(f"/cases/{case.id}/steps/{step}", {"note": "理由"})
    assert (status, problem["title"]) == (409, "现在不能做这一步")


async def test_asking_twice_for_supplements_is_noted(hall: Hall) -> None:
    """一次性告知制: the second demand needs its reason and is an event that the accountability system sees."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    async with hall.staff() as clerk:
        await does(clerk, case.id, "request_supplement", **SUPPLEMENT)
        await does(clerk, case.id, "receive_supplement")
        status, problem = await does(clerk, case.id, "request_supplement", **SUPPLEMENT)
        assert (status, problem["field"]) == (422, "why_again")
        assert "行政许可法" in problem["detail"]
        _, shown = await clerk.get(f"/cases/{case.id}")
        assert "why_again" in next(one["needs"] for one in shown["steps"] if one["step"] == "request_supplement")
        status, shown = await does(clerk, case.id, "request_supplement", **SUPPLEMENT, why_again="交来的照片看不清")
        assert (status, shown["history"][-1]["why_again"]) == (200, "交来的照片看不清")
    told = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert "看不清" not in told.model_dump_json()
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        _, trail = await auditor.get("/audit?action=case.repeated_supplement_explained")
    assert [entry["purpose"] for entry in trail["entries"]] == ["交来的照片看不清"]
    kinds = [event.kind for event in (await hall.connectors.part(EventsClient).after(0)).events]
    assert kinds.count("case.supplement_requested_again") == 1


@pytest.mark.parametrize(
    ("field", "said", "detail"),
    [
        ("id_number", "530799199003070019", "这个身份证号核对不上，可能有一位写错了。请对着身份证再写一遍。"),
        ("id_number", "53079919900307", "身份证号是18位，您写的是14位。请再核对一下，重新写一遍。"),
        ("id_number", "530799900307001", "15位的旧身份证号已经停用了。请写身份证上的18位号码。"),
        ("phone", "12345", "手机号是11位，1开头。请再核对一下，重新写一遍。"),
        ("left_on", "上个月吧", "「离职日期」没看懂是哪一天，请像「2026年10月31日」这样写。"),
        ("name", "13", "姓名请写证件上的姓名，2到20个字，不要带数字和符号；外文姓名照护照上的写。"),
    ],
)
async def test_a_wrong_answer_is_explained_and_nothing_is_lost(hall: Hall, field: str, said: str, detail: str) -> None:
    """GB 11643 and the other checks: a plain sentence, the other answers stay."""
    conversation = await hall.conversation()
    case = await hall.draft(conversation, {"last_employer": "古城酒店"})
    text = await hall.say(conversation, said)
    with pytest.raises(BackendProblem) as refused:
        await hall.assistant.part(CasesClient).answer(
            case.id, DraftAnswer(field=field, value=text), conversation=conversation, key=hall.key()
        )
    assert refused.value.problem.detail == detail
    kept = await hall.assistant.part(CasesClient).case(case.id, conversation=conversation)
    assert {f.id: f.value for f in kept.fields if f.value} == {"last_employer": "古城酒店"}


@pytest.mark.parametrize(
    ("field", "said", "shown"),
    [
        ("id_number", "我的身份证是５３０７９９１９９００３０７００１８", "530***********0018"),
        ("id_number", "530799 19900307 0018", "530***********0018"),
        ("id_number", "五三零七九九一九九零零三零七零零一八", "530***********0018"),
        ("phone", "+86 138-0000-0001", "138****0001"),
        ("left_on", "10月31号", "2026年10月31日"),
        ("left_on", "昨天", "2026年11月22日"),
        ("leaving_reason", "第二个", "合同到期单位不续签"),
        ("leaving_reason", "裁员", "单位辞退或裁员"),
        ("name", "我叫和秀英", "和秀英"),
    ],
)
async def test_answers_are_understood_as_people_write_them(hall: Hall, field: str, said: str, shown: str) -> None:
    """Full-width, spaced and Chinese digits; relative days; choices by place or part. Identifiers are shown masked."""
    conversation = await hall.conversation()
    case = await hall.draft(conversation, {field: said})
    assert {f.id: f.value for f in case.fields}[field] == shown


async def test_an_incomplete_draft_is_not_submitted(hall: Hall) -> None:
    """The first field that lacks is named."""
    conversation = await hall.conversation()
    case = await hall.draft(conversation, {"name": "和秀英"})
    with pytest.raises(BackendProblem) as refused:
        await hall.assistant.part(CasesClient).submit(case.id, conversation=conversation, key=hall.key())
    assert refused.value.problem.detail == "还差「身份证号码」没有填，填好才能提交。"


@pytest.mark.both_databases
async def test_starting_again_goes_on_with_the_open_draft(hall: Hall) -> None:
    """A half-filled case is a draft in the backend; a second tab does not double it."""
    conversation = await hall.conversation()
    first = await hall.draft(conversation, {"name": "和秀英"})
    again = await hall.assistant.part(CasesClient).start(
        NewCase(item="LJ-SY-001"), conversation=conversation, key=hall.key()
    )
    assert again.id == first.id
    assert again.next_field is not None
    assert again.next_field.id == "id_number"


@pytest.mark.both_databases
async def test_a_repeated_submission_gives_the_same_number(hall: Hall) -> None:
    """The same idempotency key changes nothing the second time."""
    conversation = await hall.conversation()
    draft = await hall.draft(conversation)
    first = await hall.assistant.part(CasesClient).submit(draft.id, conversation=conversation, key="same-key")
    second = await hall.assistant.part(CasesClient).submit(draft.id, conversation=conversation, key="same-key")
    assert first == second
    assert [event.kind for event in (await hall.connectors.part(EventsClient).after(0)).events].count(
        "case.submitted"
    ) == 1


async def test_anothers_case_does_not_exist_for_me(hall: Hall) -> None:
    """A conversation sees its own cases only, a clerk their unit's only."""
    case = await hall.submitted(await hall.conversation())
    with pytest.raises(BackendProblem) as refused:
        await hall.assistant.part(CasesClient).case(case.id, conversation=await hall.conversation())
    assert refused.value.problem.status == 404
    async with hall.staff(Role.COUNTER_CLERK, units=("YL",)) as other_unit:
        status, _ = await other_unit.get(f"/cases/{case.id}")
        assert status == 404


async def test_anothers_placeholder_is_worthless(hall: Hall) -> None:
    """A placeholder seen elsewhere cannot be used in my own case, nor typed by hand."""
    mine, theirs = await hall.conversation(), await hall.conversation()
    placeholder = await hall.say(theirs, OTHER_ID_NUMBER)
    case = await hall.draft(mine, {})
    with pytest.raises(BackendProblem):
        await hall.assistant.part(CasesClient).answer(
            case.id, DraftAnswer(field="id_number", value=placeholder), conversation=mine, key=hall.key()
        )
    assert await hall.say(mine, placeholder) == placeholder.replace("⟦", "【").replace("⟧", "】")


@pytest.mark.both_databases
async def test_withdrawing(hall: Hall) -> None:
    """The applicant may withdraw until it is decided; the clerk's queue no longer shows it as open."""
    conversation = await hall.conversation()
    async with hall.staff() as clerk:
        case = await hall.submitted(conversation)
        gone = await hall.assistant.part(CasesClient).withdraw(
            case.id, "不办了", conversation=conversation, key=hall.key()
        )
        assert (gone.state, gone.steps) == (CaseState.WITHDRAWN, ())
        _, queue = await clerk.get("/cases?scope=mine")
    assert queue == {"cases": [], "counts": {"withdrawn": 1}, "due": NOTHING_DUE, "total": 0, "next": None}


@pytest.mark.both_databases
async def test_the_queue_shows_masked_applicants_most_urgent_first(hall: Hall) -> None:
    """A clerk sees who is responsible, when it is due, and no identifier."""
    async with hall.staff() as clerk:
        first = await hall.submitted(await hall.conversation())
        hall.clock.move(timedelta(days=1))
        await clerk.sign_in()
        second = await hall.submitted(await hall.conversation())
        _, queue = await clerk.get("/cases?scope=mine")
        _, found = await clerk.get(f"/cases?q={second.number_text}")
        _, shown = await clerk.get(f"/cases/{first.id}")
    assert [row["number"] for row in queue["cases"]] == [first.number, second.number]
    assert {row["applicant"] for row in queue["cases"]} == {"和**"}
    assert [row["number"] for row in found["cases"]] == [second.number]
    assert ID_NUMBER not in str(shown)
