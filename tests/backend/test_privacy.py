"""Retention, export and erasure of one person."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.notices import NoticesClient
from backend.client.verification import VerificationClient
from backend.contracts.cases import NewCase
from backend.contracts.notices import NoticeRequest
from backend.contracts.verification import CheckCode
from backend.features import FEATURES
from backend.hall.privacy import erasure
from backend.hall.privacy.nightly import tidy_if_due
from backend.platform.clock import SHANGHAI
from backend.platform.features import retention_of
from backend.platform.permissions import Role
from tests.conftest import APPLICATION, ID_NUMBER, LACKING_TOLD, OTHER_ID_NUMBER, PHONE, Hall

PURPOSE = "本人持身份证申请，登记簿第3号"
NAME = APPLICATION["name"]


async def operations(hall: Hall, path: str, body: dict[str, Any]) -> tuple[int, Any]:
    """A call with the operations token."""
    token = (hall.settings.secrets / "operations.token").read_text()
    async with hall.browser() as operator:
        return await operator.post(path, body, Authorization=f"Bearer {token}")


async def erase(hall: Hall, identifier: str) -> Any:
    """``./daoban person erase``."""
    status, erased = await operations(hall, "/persons/erase", {"identifier": identifier, "purpose": PURPOSE})
    assert status == 200, erased
    return erased


async def written(hall: Hall) -> bytes:
    """Everything in files, once the backend has stopped."""
    await hall.server.close()
    return b"".join(path.read_bytes() for path in hall.settings.data.rglob("*") if path.is_file())


@pytest.mark.both_databases
async def test_a_person_gets_a_copy_of_everything(hall: Hall) -> None:
    """《个人信息保护法》第四十五条: what was said, cases, notices, who saw it; from every conversation."""
    first, second, other = await hall.conversation(), await hall.conversation(), await hall.conversation()
    case = await hall.submitted(first)
    notice = await hall.assistant.part(NoticesClient).issue(
        NoticeRequest(item="LJ-SY-001"), conversation=first, key=hall.key()
    )
    await hall.say(second, f"我的号码是{ID_NUMBER}")
    await hall.say(other, OTHER_ID_NUMBER)
    async with hall.staff() as clerk:
        await clerk.get(f"/cases/{case.id}")
    status, copy = await operations(hall, "/persons/export", {"identifier": ID_NUMBER, "purpose": PURPOSE})
    assert status == 200
    assert sorted(copy["found"]) == sorted([first, second])
    told = {conversation["id"]: conversation for conversation in copy["conversations"]}
    assert told[second]["messages"][0]["text"] == f"我的号码是{ID_NUMBER}"
    assert told[first]["cases"][0]["answers"]["phone"] == PHONE
    assert told[first]["notices"] == [notice.number]
    assert any(entry["action"] == "case.submitted" for entry in told[first]["seen_and_changed"])
    assert OTHER_ID_NUMBER not in str(copy)
    status, _ = await operations(hall, "/persons/export", {"identifier": "12345", "purpose": PURPOSE})
    assert status == 422


async def test_an_erased_person_is_nowhere_in_the_files(hall: Hall) -> None:
    """第四十七条: messages, drafts, identifiers, stored answers; deleted rows are overwritten."""
    conversation = await hall.conversation()
    await hall.draft(conversation)
    erased = await erase(hall, ID_NUMBER)
    assert (erased["counts"]["drafts"], erased["kept_cases"]) == (1, [])
    assert erased["counts"]["messages"] >= len(APPLICATION)
    assert not (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
    status, _ = await operations(hall, "/persons/export", {"identifier": ID_NUMBER, "purpose": PURPOSE})
    assert status == 404
    kept = await written(hall)
    for planted in (NAME, "古城酒店", "530***********0018"):
        assert planted.encode() not in kept


@pytest.mark.both_databases
async def test_a_submitted_case_is_kept_and_can_still_be_handled(hall: Hall) -> None:
    """A record of the administration: with the identifiers it needs, and no others."""
    conversation = await hall.conversation()
    case = await hall.submitted(conversation)
    await hall.say(conversation, f"我爱人的号码是{OTHER_ID_NUMBER}")
    erased = await erase(hall, ID_NUMBER)
    assert erased["kept_cases"] == [case.number]
    assert not (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
    async with hall.staff() as clerk:
        body = {"fields": ["id_number", "phone"], "purpose": PURPOSE}
        _, shown = await clerk.post(f"/cases/{case.id}/unmask", body)
        assert shown["values"] == {"id_number": ID_NUMBER, "phone": PHONE}
        assert (await clerk.post(f"/cases/{case.id}/steps/accept", LACKING_TOLD))[0] == 200
    status, _ = await operations(hall, "/persons/export", {"identifier": OTHER_ID_NUMBER, "purpose": PURPOSE})
    assert status == 404


async def test_export_and_erasure_are_in_the_audit_trail(hall: Hall) -> None:
    """With whom, what for, and without the number."""
    await hall.say(await hall.conversation(), ID_NUMBER)
    await operations(hall, "/persons/export", {"identifier": ID_NUMBER, "purpose": PURPOSE})
    await erase(hall, ID_NUMBER)
    async with hall.staff(Role.AUDITOR, units=()) as auditor:
        _, found = await auditor.get("/audit?by=operations")
    entries = {entry["action"]: entry for entry in found["entries"]}
    assert entries["person.exported"]["purpose"] == entries["person.erased"]["purpose"] == PURPOSE
    assert ID_NUMBER not in str(found)


async def run(hall: Hall) -> dict[str, int]:
    """``./daoban retention run``."""
    status, done = await operations(hall, "/retention/run", {})
    assert status == 200, done
    counts: dict[str, int] = done["counts"]
    return counts


def days(kind: str) -> timedelta:
    """How long the table keeps it."""
    kept = retention_of(FEATURES)[kind].days
    assert kept is not None
    return timedelta(days=kept)


@pytest.mark.both_databases
async def test_what_is_past_its_time_goes_and_the_rest_stays(hall: Hall) -> None:
    """By the table: conversations with what was told in them, drafts sooner, cases never."""
    old, kept = await hall.conversation(), await hall.conversation()
    await hall.draft(old)
    case = await hall.submitted(kept)
    hall.clock.move(days("drafts") + timedelta(hours=1))
    assert (await run(hall))["drafts"] == 1
    assert (await hall.connectors.part(ConversationsClient).messages(old)).messages
    hall.clock.move(days("conversations"))
    fresh = await hall.conversation()
    await hall.say(fresh, "你好")
    counts = await run(hall)
    assert counts["conversations"] == 1
    assert not (await hall.connectors.part(ConversationsClient).messages(old)).messages
    assert (await hall.connectors.part(ConversationsClient).messages(fresh)).messages
    assert (await hall.connectors.part(ConversationsClient).messages(kept)).messages, "its case is still being handled"
    async with hall.staff() as clerk:
        await clerk.post(f"/cases/{case.id}/steps/refuse", {"note": "不符合条件"})
        hall.clock.move(days("conversations") + timedelta(hours=1))
        await run(hall)
        assert not (await hall.connectors.part(ConversationsClient).messages(kept)).messages
        await clerk.sign_in()
        assert (await clerk.get(f"/cases/{case.id}"))[1]["number"] == case.number


async def test_a_long_table_is_worked_through_in_batches(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """Other writers are never kept waiting for long; those with an open case do not block the others."""
    monkeypatch.setattr(erasure, "BATCH", 2)
    busy = await hall.conversation()
    await hall.submitted(busy)
    for _ in range(5):
        await hall.say(await hall.conversation(), "你好")
    hall.clock.move(days("conversations") + timedelta(hours=1))
    done = [(await run(hall)).get("conversations", 0) for _ in range(4)]
    assert done == [2, 2, 1, 0]


@pytest.mark.both_databases
async def test_the_backend_does_it_itself_once_a_night(hall: Hall) -> None:
    """Not by day, not twice; and it notes an anchor of the audit trail outside the database."""
    app, anchors = hall.server.app, hall.settings.audit_anchors
    old = await hall.conversation()
    await hall.say(old, "你好")
    hall.clock.move(datetime(2027, 3, 31, 1, 0, tzinfo=SHANGHAI) - hall.clock.now())
    assert not await tidy_if_due(app)
    hall.clock.move(timedelta(hours=3))
    assert await tidy_if_due(app)
    assert not (await hall.connectors.part(ConversationsClient).messages(old)).messages
    assert not await tidy_if_due(app)
    assert anchors.read_text().count("\n") == 1
    hall.clock.move(timedelta(days=1))
    assert await tidy_if_due(app)


async def test_a_forgotten_browser_begins_anew(hall: Hall) -> None:
    """Its cookie opens nothing any more, and its conversation cannot be verified into life."""
    async with hall.browser() as browser:
        _, ticket = await browser.post("/socket-tickets")
        conversation = ticket["conversation"]
        await hall.say(conversation, ID_NUMBER)
        await erase(hall, ID_NUMBER)
        assert (await browser.get(f"/conversations/{conversation}/messages"))[0] == 401
        assert (await browser.post("/socket-tickets"))[1]["conversation"] != conversation
    with pytest.raises(BackendProblem, match="no_code"):
        await hall.assistant.part(VerificationClient).check_code(CheckCode(code="123456"), conversation=conversation)


async def test_whoever_goes_on_after_erasure_is_forgotten_again_in_time(hall: Hall) -> None:
    """A conversation that is used again counts again."""
    conversation = await hall.conversation()
    await hall.say(conversation, ID_NUMBER)
    await erase(hall, ID_NUMBER)
    await hall.assistant.part(CasesClient).start(NewCase(item="LJ-SY-001"), conversation=conversation, key=hall.key())
    await hall.say(conversation, ID_NUMBER)
    hall.clock.move(days("conversations") + timedelta(hours=1))
    assert (await run(hall))["conversations"] == 1
