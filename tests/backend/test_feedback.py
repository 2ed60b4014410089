"""What citizens say of the service is registered with a number and a term, answered where they read it; ratings; urging."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from backend.client.conversations import ConversationsClient
from backend.client.feedback import FeedbackClient
from backend.client.transport import BackendProblem
from backend.contracts.cases import Case
from backend.contracts.conversations import NewMessage
from backend.contracts.feedback import Feedback, FeedbackKind, NewFeedback, NewRating
from backend.contracts.turns import TurnClaim
from backend.language.identifiers_in_text import NUMBER_MARK
from backend.platform.permissions import Role
from tests.conftest import PHONE, Browser, Hall


async def complains(hall: Hall, conversation: str, text: str, kind: FeedbackKind = FeedbackKind.COMPLAINT) -> Feedback:
    """The assistant registers it for the citizen."""
    part = hall.assistant.part(FeedbackClient)
    return await part.register(conversation, NewFeedback(kind=kind, text=text), key=hall.key())


async def seen(browser: Browser) -> dict[str, Any]:
    """The list as somebody sees it."""
    status, found = await browser.get("/feedback")
    assert status == 200, found
    return dict(found)


async def refused(rating: Any) -> tuple[int, str, str | None]:
    """Status, type and field of what is refused."""
    with pytest.raises(BackendProblem) as raised:
        await rating
    return raised.value.problem.status, raised.value.problem.type.rpartition(":")[2], raised.value.problem.field


@pytest.mark.both_databases
async def test_a_complaint_is_numbered_answered_and_read(hall: Hall) -> None:
    """Five working days; its number is no case's; the answer stands in the conversation, numbers in neither."""
    conversation = await hall.conversation()
    said = await complains(hall, conversation, f"3号窗口让我跑了三趟，我电话{PHONE}")
    assert (said.number[0], said.kind_name, said.answer_by.isoformat()) == ("3", "投诉", "2026-11-30")
    async with hall.staff(Role.HALL_MANAGER) as manager, hall.staff(Role.COUNTER_CLERK) as clerk:
        assert (await clerk.get("/feedback"))[0] == 403
        (waiting,) = (await seen(manager))["open"]
        assert (waiting["number"], waiting["late"]) == (said.number, False)
        assert "跑了三趟" in waiting["text"]
        assert PHONE not in waiting["text"]
        status, problem = await manager.post(f"/feedback/{said.number}/answer", {"answer": "好"})
        assert (status, problem["field"]) == (422, "answer")
        status, after = await manager.post(f"/feedback/{said.number}/answer", {"answer": "查实了，已经改了告知单。"})
        assert status == 200
        assert (after["open"], after["answered"][0]["answer"]) == ([], "查实了，已经改了告知单。")
        status, problem = await manager.post(f"/feedback/{said.number}/answer", {"answer": "再答复一次"})
        assert (status, problem["type"]) == (409, "urn:daoban:problem:feedback.answered")
        assert (await manager.get("/hall/feedback", Accept="text/html"))[0] == 200
    messages = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
    assert f"您的投诉（编号{said.number_text}）有答复了：查实了，已经改了告知单。" in [one.text for one in messages]
    (own,) = await hall.assistant.part(FeedbackClient).of_conversation(conversation)
    assert own.answer == "查实了，已经改了告知单。"


async def test_what_is_late_stands_first_and_is_marked(hall: Hall) -> None:
    """By the day until which it is to be answered."""
    first = await complains(hall, await hall.conversation(), "等了两个小时没人叫号")
    hall.clock.move(timedelta(days=8))
    await complains(hall, await hall.conversation(), "希望大厅多放几把椅子", FeedbackKind.SUGGESTION)
    async with hall.staff(Role.DUTY_LEADER) as leader:
        waiting = (await seen(leader))["open"]
        assert (waiting[0]["number"], waiting[0]["late"]) == (first.number, True)
        assert [one["kind_name"] for one in waiting] == ["投诉", "意见建议"]


async def test_a_rating_is_given_once_and_a_bad_one_needs_a_reason(hall: Hall) -> None:
    """Once a case and once a conversation; the reasons are those listed."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    part = hall.assistant.part(FeedbackClient)
    bad = NewRating(level=2, case=case.id)
    assert await refused(part.rate(conversation, bad, key=hall.key())) == (422, "rating.reason_needed", "reasons")
    unknown = NewRating(level=2, reasons=("weather",))
    assert await refused(part.rate(conversation, unknown, key=hall.key())) == (422, "rating.reason_unknown", "reasons")
    given = await part.rate(conversation, NewRating(level=1, reasons=("trips",), case=case.id), key=hall.key())
    assert (given.level_name, given.reasons) == ("非常不满意", ("多跑了路",))
    again = part.rate(conversation, NewRating(level=5, case=case.id), key=hall.key())
    assert (await refused(again))[:2] == (409, "rating.given")
    await part.rate(conversation, NewRating(level=5), key=hall.key())
    async with hall.staff(Role.HALL_MANAGER) as manager:
        found = await seen(manager)
        assert (found["levels"]["5"], found["levels"]["1"]) == (1, 1)
        assert [(one["level"], one["reasons"]) for one in found["low"]] == [(1, ["多跑了路"])]
    stranger = await hall.conversation()
    assert (await refused(part.rate(stranger, NewRating(level=5, case=case.id), key=hall.key())))[0] == 404


async def urges(hall: Hall, case: Case, conversation: str) -> tuple[int, bool]:
    """How often, and whether it counted."""
    found = await hall.assistant.part(FeedbackClient).urge(case.id, conversation=conversation, key=hall.key())
    return found.times, found.counted


async def test_a_case_is_urged_once_a_day_and_its_clerk_sees_it(hall: Hall) -> None:
    """Only by its applicant, only while it is with us."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    assert await urges(hall, case, conversation) == (1, True)
    assert await urges(hall, case, conversation) == (1, False)
    hall.clock.move(timedelta(days=1))
    assert await urges(hall, case, conversation) == (2, True)
    async with hall.staff(units=(case.unit,)) as clerk:
        work = (await clerk.get(f"/cases/{case.id}/work"))[1]
        assert [note["text"] for note in work["notes"]] == ["群众催办，第2次。", "群众催办，第1次。"]
        assert (await clerk.post(f"/cases/{case.id}/steps/refuse", {"note": "不归我们管，请到市场监管局"}))[0] == 200
    part = hall.assistant.part(FeedbackClient)
    finished = part.urge(case.id, conversation=conversation, key=hall.key())
    assert (await refused(finished))[:2] == (409, "case.not_to_urge")
    stranger = part.urge(case.id, conversation=await hall.conversation(), key=hall.key())
    assert (await refused(stranger))[0] == 404


async def test_numbers_of_the_conversation_stay_placeholders(hall: Hall) -> None:
    """The assistant passes words on as it has them, placeholders in them: readers see a mark, never the bare token."""
    conversation, part = await hall.conversation(), hall.connectors.part(ConversationsClient)
    await part.add_message(conversation, NewMessage(message_id=hall.key(), text=f"我要投诉，我电话{PHONE}"))
    leased = await part.claim_turn(TurnClaim(worker="test", conversation=conversation))
    assert leased is not None
    assert leased.turn.text is not None
    assert PHONE not in leased.turn.text
    await complains(hall, conversation, leased.turn.text)
    async with hall.staff(Role.HALL_MANAGER) as manager:
        (waiting,) = (await seen(manager))["open"]
        assert waiting["text"] == f"我要投诉，我电话{NUMBER_MARK}"
