"""Verifying citizens: a code to the phone, the counter, and what they open."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from backend.client import BackendProblem
from backend.client.cases import CasesClient
from backend.client.conversations import ConversationsClient
from backend.client.verification import VerificationClient
from backend.contracts.verification import CheckCode, SendCode
from backend.one_window.verification.service import VERIFICATION
from backend.platform.permissions import Role
from backend.platform.sms import SmsNotSent
from backend.settings import Settings
from tests.conftest import ID_NUMBER, PHONE, Hall, running_hall

OTHER_PHONE = "13800000002"


@pytest.fixture
async def sending(settings: Settings, hall: Hall) -> AsyncIterator[Hall]:
    """A hall with the file-backed twin of a provider."""
    await hall.server.close()
    async with running_hall(settings.model_copy(update={"sms": "file"}), hall.clock) as hall_with_sms:
        yield hall_with_sms


def received(hall: Hall) -> list[dict[str, str]]:
    """What arrived at phones."""
    path = hall.settings.data / "sms.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def code_in(message: dict[str, str]) -> str:
    """The six digits of a message."""
    found = re.search(r"\d{6}", message["text"])
    assert found is not None
    return found.group()


def wrong(code: str) -> str:
    """Another code."""
    return f"{(int(code) + 1) % 10**6:06d}"


async def send(hall: Hall, conversation: str, phone: str = PHONE) -> str:
    """A citizen tells a phone and wants a code; returns the sentence they read."""
    placeholder = await hall.say(conversation, phone)
    sent = await hall.assistant.part(VerificationClient).send_code(
        SendCode(phone=placeholder), conversation=conversation, key=hall.key()
    )
    assert sent.sent
    return sent.sentence


async def verify(hall: Hall, conversation: str, phone: str = PHONE) -> None:
    """Send and check a code."""
    await send(hall, conversation, phone)
    await hall.assistant.part(VerificationClient).check_code(
        CheckCode(code=code_in(received(hall)[-1])), conversation=conversation
    )


async def refused(hall: Hall, conversation: str, code: str) -> str:
    """The name of the refusal of a code."""
    with pytest.raises(BackendProblem) as refusal:
        await hall.assistant.part(VerificationClient).check_code(CheckCode(code=code), conversation=conversation)
    return refusal.value.problem.type.rpartition(":")[2]


async def test_without_a_provider_nobody_is_told_that_a_code_was_sent(hall: Hall) -> None:
    """Instead: print, QR, the counter."""
    conversation = await hall.conversation()
    placeholder = await hall.say(conversation, PHONE)
    answer = await hall.assistant.part(VerificationClient).send_code(
        SendCode(phone=placeholder), conversation=conversation, key=hall.key()
    )
    assert (answer.sent, answer.ways) == (False, ("print", "qr", "counter"))
    assert "已发" not in answer.sentence
    assert "窗口" in answer.sentence
    assert await refused(hall, conversation, "123456") == "verification.no_code"


async def test_a_provider_that_fails_is_not_believed_to_have_sent(
    sending: Hall, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And the failed try does not count against the phone."""

    async def fails(_phone: str, _text: str) -> None:
        raise SmsNotSent("out of order")

    conversation = await sending.conversation()
    placeholder = await sending.say(conversation, PHONE)
    with monkeypatch.context() as broken:
        broken.setattr(sending.server.app[VERIFICATION]._sms, "send", fails)
        answer = await sending.assistant.part(VerificationClient).send_code(
            SendCode(phone=placeholder), conversation=conversation, key=sending.key()
        )
    assert not answer.sent
    await verify(sending, conversation)


@pytest.mark.both_databases
async def test_the_right_code_opens_one_s_own_case_from_another_conversation(sending: Hall) -> None:
    """Its level is checked in the backend: not before, not with another phone, not after half an hour."""
    case = await sending.submitted(await sending.conversation())
    assert case.number is not None
    later, stranger = await sending.conversation(), await sending.conversation()
    with pytest.raises(BackendProblem, match=r"verification_needed"):
        await sending.assistant.part(CasesClient).by_number(case.number, conversation=later)
    assert await send(sending, later) == "验证码已发到138****0001，5分钟内有效。请把6位数字写在这里。"
    message = received(sending)[-1]
    assert message["phone"] == PHONE
    await sending.assistant.part(VerificationClient).check_code(CheckCode(code=code_in(message)), conversation=later)
    found = await sending.assistant.part(CasesClient).by_number(case.number_text or "", conversation=later)
    assert (found.number, found.steps) == (case.number, ())
    assert ID_NUMBER not in found.model_dump_json()
    await verify(sending, stranger, OTHER_PHONE)
    with pytest.raises(BackendProblem, match=r"case\.unknown"):
        await sending.assistant.part(CasesClient).by_number(case.number, conversation=stranger)
    sending.clock.move(timedelta(minutes=31))
    with pytest.raises(BackendProblem, match=r"verification_needed"):
        await sending.assistant.part(CasesClient).by_number(case.number, conversation=later)
    assert (await sending.connectors.part(ConversationsClient).messages(later)).conversation.verified == "none"


async def test_a_code_is_for_one_conversation_one_use_and_five_minutes(sending: Hall) -> None:
    """Overheard or late, it opens nothing."""
    mine, other = await sending.conversation(), await sending.conversation()
    await send(sending, mine)
    code = code_in(received(sending)[-1])
    assert await refused(sending, other, code) == "verification.no_code"
    sending.clock.move(timedelta(minutes=5))
    assert await refused(sending, mine, code) == "verification.no_code"
    await verify(sending, mine)
    assert await refused(sending, mine, code_in(received(sending)[-1])) == "verification.no_code"


@pytest.mark.both_databases
async def test_codes_cannot_be_guessed(sending: Hall) -> None:
    """Five tries; the sixth is refused although it is right."""
    conversation = await sending.conversation()
    await send(sending, conversation)
    code = code_in(received(sending)[-1])
    told = [await refused(sending, conversation, wrong(code)) for _ in range(5)]
    assert told == ["verification.wrong_code"] * 4 + ["verification.used_up"]
    assert await refused(sending, conversation, code) == "verification.used_up"


async def test_nobody_s_phone_is_flooded_through_us(sending: Hall) -> None:
    """A minute between two, five a day, from whatever conversation."""
    for _ in range(5):
        await send(sending, await sending.conversation())
        again = await sending.conversation()
        with pytest.raises(BackendProblem, match=r"too_soon|too_many"):
            await send(sending, again)
        sending.clock.move(timedelta(minutes=2))
    with pytest.raises(BackendProblem, match=r"too_many"):
        await send(sending, await sending.conversation())
    assert len(received(sending)) == 5


async def test_nobody_goes_through_a_list_of_phones_in_one_conversation(sending: Hall) -> None:
    """Five a day, whosever phones they are."""
    conversation = await sending.conversation()
    for place in range(5):
        await send(sending, conversation, f"1380000001{place}")
    with pytest.raises(BackendProblem, match=r"too_many_here"):
        await send(sending, conversation, "13800000019")
    assert len(received(sending)) == 5


async def test_only_a_phone_told_here_is_sent_to(sending: Hall) -> None:
    """Another conversation's placeholder, an identity number, plain digits: refused with the field."""
    mine, other = await sending.conversation(), await sending.conversation()
    for given in (await sending.say(other, PHONE), await sending.say(mine, ID_NUMBER), PHONE):
        with pytest.raises(BackendProblem) as refusal:
            await sending.assistant.part(VerificationClient).send_code(
                SendCode(phone=given), conversation=mine, key=sending.key()
            )
        assert refusal.value.problem.field == "phone"


async def test_nothing_kept_tells_code_or_phone(sending: Hall) -> None:
    """Keyed hashes only (the twin's own file apart)."""
    await send(sending, await sending.conversation())
    message = received(sending)[-1]
    await sending.server.close()
    kept = [path for path in sending.settings.data.rglob("*") if path.is_file() and path.name != "sms.jsonl"]
    written = b"".join(path.read_bytes() for path in kept)
    assert message["phone"].encode() not in written
    assert code_in(message).encode() not in written


async def test_the_counter_verifies_by_the_identity_card(hall: Hall) -> None:
    """A member of staff who has seen the card raises the level; it opens that person's cases."""
    case = await hall.submitted(await hall.conversation())
    conversation = await hall.conversation()
    placeholder = await hall.say(conversation, ID_NUMBER)
    async with hall.staff(Role.DESK_GUIDE, units=()) as guide:
        address = f"/conversations/{conversation}/verification/counter"
        status, answer = await guide.post(address, {"identifier": placeholder})
        assert (status, answer["level"]) == (200, "counter")
        assert (await guide.post(address, {"identifier": "⟦id:0000000000⟧"}))[0] == 422
    assert (
        await hall.assistant.part(CasesClient).by_number(case.number or "", conversation=conversation)
    ).number == case.number
