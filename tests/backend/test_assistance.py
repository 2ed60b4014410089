"""Whoever asks for a person is seen by the desk guide and the duty leader, taken by one of them, and finished with a note."""

from __future__ import annotations

from typing import Any

import pytest

from assistant.understanding.danger_kinds import DangerKind
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import NewMessage, NewReply
from backend.one_window.assistance.kinds import kinds
from backend.one_window.assistance.service import ASSISTANCE
from backend.platform.http import DATABASE
from backend.platform.permissions import Role
from tests.backend.test_conversations import REPLY
from tests.conftest import ID_NUMBER, PHONE, Browser, Hall


async def asks_for_a_person(hall: Hall, said: str, reason: str = "person", conversation: str = "") -> str:
    """A citizen says it and the assistant hands over; returns the conversation."""
    conversation = conversation or await hall.conversation()
    part, question = hall.connectors.part(ConversationsClient), hall.key()
    await part.add_message(conversation, NewMessage(message_id=question, text=said))
    reply = {
        **REPLY,
        "understood": {"intent": "person", "item": "LJ-SY-001", "outcome": "handover"},
        "handover": {"reason": reason, "topic": "unemployment"},
    }
    await part.add_reply(conversation, NewReply.model_validate({"in_reply_to": question, "reply": reply}))
    return conversation


async def seen(browser: Browser) -> dict[str, list[dict[str, Any]]]:
    """The list as somebody sees it."""
    status, found = await browser.get("/assistance")
    assert status == 200, found
    return dict(found)


@pytest.mark.both_databases
async def test_a_request_is_seen_taken_and_finished(hall: Hall) -> None:
    """By one person; the others are told who it is."""
    await asks_for_a_person(hall, "我叫木志强，我要找人，电话13800000001")
    async with hall.staff(Role.DESK_GUIDE) as guide, hall.staff(Role.DUTY_LEADER) as leader:
        (request,) = (await seen(guide))["waiting"]
        assert (request["title"], request["channel_name"], request["urgent"]) == ("要找工作人员", "网页", False)
        assert request["about"], "the item it is about"
        assert "要找人" in request["said"]
        assert PHONE not in request["said"]
        assert "木志强" not in request["said"]
        assert (await leader.post(f"/assistance/{request['id']}/finish", {"note": "已答复"}))[0] == 409
        assert (await guide.post(f"/assistance/{request['id']}/take"))[0] == 200
        assert (await guide.post(f"/assistance/{request['id']}/take"))[0] == 200
        status, problem = await leader.post(f"/assistance/{request['id']}/take")
        assert (status, problem["type"]) == (409, "urn:daoban:problem:assistance.taken")
        assert "木丽华" in problem["detail"]
        status, after = await guide.post(f"/assistance/{request['id']}/finish", {"note": "请他到3号窗口"})
        assert status == 200
        assert (after["waiting"], after["taken"]) == ([], [])
        assert [one["note"] for one in after["done"]] == ["请他到3号窗口"]
        assert (await leader.post(f"/assistance/{request['id']}/finish", {"note": "再写一次"}))[0] == 409
        assert (await leader.post("/assistance/999/take"))[0] == 404


async def test_an_alarm_stands_first_and_waits_again(hall: Hall) -> None:
    """Whatever waits longer; somebody who only wanted a person and is now in danger is not left to whoever took it calmly."""
    first = await asks_for_a_person(hall, "我要找人")
    await asks_for_a_person(hall, "我不想活了", "distress")
    async with hall.staff(Role.DESK_GUIDE) as guide:
        waiting = (await seen(guide))["waiting"]
        assert [one["urgent"] for one in waiting] == [True, False]
        assert (await guide.post(f"/assistance/{waiting[1]['id']}/take"))[0] == 200
        await asks_for_a_person(hall, "有人拿着刀", "distress", first)
        again = (await seen(guide))["waiting"]
        assert [(one["id"], one["urgent"]) for one in again] == [(waiting[1]["id"], True), (waiting[0]["id"], True)]
        assert (await seen(guide))["taken"] == []


async def test_asking_again_is_one_request(hall: Hall) -> None:
    """Counted, with the newest words; after it is finished a new one begins. An unknown reason counts as the usual."""
    conversation = await asks_for_a_person(hall, "我要找人", "something new")
    await asks_for_a_person(hall, "到底有没有人", conversation=conversation)
    async with hall.staff(Role.DESK_GUIDE) as guide:
        (request,) = (await seen(guide))["waiting"]
        assert (request["times"], request["said"], request["kind"]) == (2, "到底有没有人", "person")
        await guide.post(f"/assistance/{request['id']}/take")
        await guide.post(f"/assistance/{request['id']}/finish", {"note": "打了电话"})
        await asks_for_a_person(hall, "还是要找人", conversation=conversation)
        assert len((await seen(guide))["waiting"]) == 1


async def test_the_desk_hears_of_it_and_the_counter_does_not(hall: Hall) -> None:
    """As it happens: the event names a kind, no person."""
    async with hall.staff(Role.DESK_GUIDE) as guide, hall.staff(Role.COUNTER_CLERK) as clerk:
        await asks_for_a_person(hall, "我要找人")
        heard = (await guide.get("/events?kinds=assistance.*"))[1]["events"]
        assert [(one["kind"], one["data"]) for one in heard] == [
            ("assistance.requested", {"kind": "person", "urgent": False})
        ]
        assert (await clerk.get("/events?kinds=assistance.*"))[1]["events"] == []
        assert (await clerk.get("/assistance"))[0] == 403


async def test_numbers_in_a_note_go_to_the_vault_and_all_goes_with_the_conversation(hall: Hall) -> None:
    """The note is told without the number; erasing the conversation erases the request."""
    conversation = await asks_for_a_person(hall, "我要找人")
    async with hall.staff(Role.DESK_GUIDE) as guide:
        (request,) = (await seen(guide))["waiting"]
        await guide.post(f"/assistance/{request['id']}/take")
        await guide.post(f"/assistance/{request['id']}/finish", {"note": f"他的身份证是{ID_NUMBER}"})
        (done,) = (await seen(guide))["done"]
        assert done["note"] == "他的身份证是（号码）"
    app = hall.server.app
    async with app[DATABASE].write() as session:
        assert await app[ASSISTANCE].erase(session, conversation) == 1
    async with app[DATABASE].read() as session:
        assert await app[ASSISTANCE].of_conversation(session, conversation) == []


async def test_danger_is_an_event_without_text_and_an_alarm_of_its_kind(hall: Hall) -> None:
    """Once for a message, however often its reply is stored; staff see what to do first."""
    conversation, part, question = await hall.conversation(), hall.connectors.part(ConversationsClient), hall.key()
    await part.add_message(conversation, NewMessage(message_id=question, text="他在砸门"))
    danger = {"kind": "domestic", "whose": "self"}
    reply = {
        **REPLY,
        "understood": {"intent": "distress", "outcome": "handover"},
        "handover": {"reason": "danger_domestic", "topic": "hall_service", "danger": danger},
    }
    for _ in range(2):
        await part.add_reply(conversation, NewReply.model_validate({"in_reply_to": question, "reply": reply}))
    async with hall.staff(Role.DUTY_LEADER) as leader:
        heard = (await leader.get("/events?kinds=danger.*"))[1]["events"]
        assert [(one["kind"], one["data"]) for one in heard] == [("danger.seen", danger)]
        (request,) = (await seen(leader))["waiting"]
        assert (request["urgent"], request["title"]) == (True, "可能是家庭暴力")


def test_every_kind_of_danger_is_an_alarm() -> None:
    """Whatever the assistant hands over as danger rings, with what to do first."""
    for kind in set(DangerKind) - {DangerKind.SIGN}:
        assert kinds()[f"danger_{kind}"].urgent


async def test_the_citizen_reads_who_took_it_and_what_is_answered(hall: Hall) -> None:
    """In the conversation itself; the note is for colleagues, and a number in the answer is kept like any other."""
    conversation = await asks_for_a_person(hall, "我要找人")
    async with hall.staff(Role.DESK_GUIDE) as guide:
        (request,) = (await seen(guide))["waiting"]
        await guide.post(f"/assistance/{request['id']}/take")
        done = {"note": "身份证没带", "answer": f"带{ID_NUMBER}的身份证到3号窗口"}
        assert (await guide.post(f"/assistance/{request['id']}/finish", done))[0] == 200
    found = await hall.connectors.part(ConversationsClient).messages(conversation)
    told = [message.text for message in found.messages if message.sender == "system"]
    assert "木丽华" in told[0]
    assert "已经看到" in told[0]
    assert "带（号码）的身份证到3号窗口" in told[1]
    assert "身份证没带" not in told[1]
    assert ID_NUMBER not in told[1]
