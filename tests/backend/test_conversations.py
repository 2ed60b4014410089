"""Conversations: nothing lost, nothing doubled, bad input refused with a sentence."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from backend.client import BackendProblem
from backend.client.conversations import ConversationsClient
from backend.contracts.conversations import NewMessage, NewReply
from backend.contracts.turns import MessageTranscription, TurnClaim
from tests.conftest import ID_NUMBER, Hall

pytestmark = pytest.mark.both_databases

REPLY: dict[str, Any] = {
    "messages": [{"web": {"text": "您好"}, "speech": "您好", "desk": {"card": None, "script": "您好"}}],
    "expects": {"kind": "free"},
    "understood": {"intent": "greeting", "outcome": "chat"},
    "catalogue_version": 1,
}


def reply_to(message_id: str) -> NewReply:
    """A reply as the assistant gives it."""
    return NewReply.model_validate({"in_reply_to": message_id, "reply": REPLY})


@pytest.mark.parametrize(
    ("text", "detail"),
    [
        ("", "没有看到文字。请写一句您要问的话，比如「领失业金要带什么」。"),
        ("  \n ", "没有看到文字。请写一句您要问的话，比如「领失业金要带什么」。"),
        ("😀😀", "只看到表情或符号，没看懂。请用一句话说说您要办什么。"),
        ("？！……", "只看到表情或符号，没看懂。请用一句话说说您要办什么。"),
        ("长" * 501, "这段话有501个字，一次最多500个字。请先说最要紧的，剩下的下一条再说。"),
    ],
)
async def test_bad_input_is_refused_with_a_sentence(hall: Hall, text: str, detail: str) -> None:
    """Over-long, empty, symbols only: the field is named, the conversation goes on."""
    conversation = await hall.conversation()
    with pytest.raises(BackendProblem) as refused:
        await hall.say(conversation, text)
    assert (refused.value.problem.detail, refused.value.problem.field) == (detail, "text")
    assert await hall.say(conversation, "领失业金要带什么") == "领失业金要带什么"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("ＡＢＣ１２３", "ABC123"),
        ("领失\u200b业\u0000金", "领失业金"),
    ],
)
async def test_what_is_kept_of_odd_text(hall: Hall, text: str, kept: str) -> None:
    """Markup is text like any other; full-width digits are understood; invisible characters are dropped."""
    assert await hall.say(await hall.conversation(), text) == kept


async def test_a_repeated_message_is_stored_once(hall: Hall) -> None:
    """A browser that lost the connection sends again; nothing is doubled."""
    conversation = await hall.conversation()
    message = NewMessage(message_id="browser-0001", text="你好")
    first = await hall.connectors.part(ConversationsClient).add_message(conversation, message)
    again = await hall.connectors.part(ConversationsClient).add_message(conversation, message)
    assert first == again
    assert len((await hall.connectors.part(ConversationsClient).messages(conversation)).messages) == 1


async def test_sequence_numbers_have_no_gaps(hall: Hall) -> None:
    """A dropped line resumes from the last number it holds."""
    conversation = await hall.conversation()
    for number in range(5):
        await hall.say(conversation, f"第{number}句")
    assert [m.seq for m in (await hall.connectors.part(ConversationsClient).messages(conversation)).messages] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert [
        m.seq for m in (await hall.connectors.part(ConversationsClient).messages(conversation, after=3)).messages
    ] == [4, 5]


async def test_one_turn_at_a_time_per_conversation(hall: Hall) -> None:
    """The second message waits until the first is answered; another conversation does not."""
    one, other = await hall.conversation(), await hall.conversation()
    await hall.say(one, "第一句")
    await hall.say(one, "第二句")
    await hall.say(other, "别人的话")
    first = await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="a"))
    second = await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="a"))
    assert first is not None
    assert second is not None
    assert (first.turn.text, second.turn.text) == ("第一句", "别人的话")
    assert await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="a")) is None
    await hall.connectors.part(ConversationsClient).add_reply(one, reply_to(first.turn.message_id))
    third = await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="a"))
    assert third is not None
    assert third.turn.text == "第二句"


async def test_a_dead_workers_message_is_taken_over(hall: Hall) -> None:
    """After the lease, or at once by the same worker when it starts again."""
    conversation = await hall.conversation()
    await hall.say(conversation, "在吗")
    assert await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="a")) is not None
    assert await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="b")) is None
    assert await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="a", starting=True)) is not None
    hall.clock.move(timedelta(seconds=31))
    assert await hall.connectors.part(ConversationsClient).claim_turn(TurnClaim(worker="b")) is not None


async def test_a_second_reply_changes_nothing(hall: Hall) -> None:
    """Two workers that answered the same message leave one answer."""
    conversation = await hall.conversation()
    message = await hall.connectors.part(ConversationsClient).add_message(
        conversation, NewMessage(message_id="browser-0001", text="你好")
    )
    for _ in range(2):
        stored = await hall.connectors.part(ConversationsClient).add_reply(conversation, reply_to(message.message_id))
        assert [m.text for m in stored.messages] == ["您好"]
    assert len((await hall.connectors.part(ConversationsClient).messages(conversation)).messages) == 2


async def test_a_browser_gets_its_own_conversation_again(hall: Hall) -> None:
    """The cookie holds the conversation; a ticket opens one socket, once, for thirty seconds."""
    async with hall.browser() as browser:
        status, ticket = await browser.post("/socket-tickets")
        assert status == 201
        _, second = await browser.post("/socket-tickets")
        assert second["conversation"] == ticket["conversation"]
        redeemed = await hall.connectors.part(ConversationsClient).redeem_ticket(ticket["ticket"])
        assert redeemed.conversation.id == ticket["conversation"]
        with pytest.raises(BackendProblem):
            await hall.connectors.part(ConversationsClient).redeem_ticket(ticket["ticket"])
        hall.clock.move(timedelta(seconds=31))
        with pytest.raises(BackendProblem):
            await hall.connectors.part(ConversationsClient).redeem_ticket(second["ticket"])


async def test_a_browser_reads_only_its_own_conversation(hall: Hall) -> None:
    """Knowing an id is not enough."""
    theirs = await hall.conversation()
    async with hall.browser() as browser:
        _, ticket = await browser.post("/socket-tickets")
        assert (await browser.get(f"/conversations/{ticket['conversation']}/messages"))[0] == 200
        assert (await browser.get(f"/conversations/{theirs}/messages"))[0] == 403
    async with hall.browser() as stranger:
        assert (await stranger.get(f"/conversations/{theirs}/messages"))[0] == 401


async def test_another_sites_page_opens_nothing(hall: Hall) -> None:
    """Origin is checked on everything that a cookie carries."""
    async with hall.browser() as browser:
        status, problem = await browser.post("/socket-tickets", Origin="https://elsewhere.example")
    assert (status, problem["title"]) == (403, "来源不对")


async def test_how_surely_something_was_heard_goes_with_it(hall: Hall) -> None:
    """CONTRACTS, Turn: ``recognised``. What else was heard is kept only where no personal number is in it."""
    conversation = await hall.conversation()
    for text, others, kept in (
        ("我要查社保", ("我要查设保", f"我要查{ID_NUMBER}"), ("我要查设保",)),
        (f"号码是{ID_NUMBER}", ("号码是五三零",), ()),
    ):
        said = NewMessage(
            message_id=hall.key(), text=text, recognised=MessageTranscription(confidence=0.8, alternatives=others)
        )
        await hall.connectors.part(ConversationsClient).add_message(conversation, said)
        leased = await hall.connectors.part(ConversationsClient).claim_turn(
            TurnClaim(worker="w", conversation=conversation)
        )
        assert leased is not None
        assert leased.turn.recognised == MessageTranscription(confidence=0.8, alternatives=kept)
        await hall.connectors.part(ConversationsClient).add_reply(conversation, reply_to(leased.turn.message_id))


async def test_of_many_who_bring_the_same_ticket_at_once_one_comes_in(hall: Hall) -> None:
    """CONTRACTS: single-use."""
    async with hall.browser() as browser:
        _, given = await browser.post("/socket-tickets")
    tries = [hall.connectors.part(ConversationsClient).redeem_ticket(given["ticket"]) for _ in range(5)]
    came = await asyncio.gather(*tries, return_exceptions=True)
    assert [isinstance(one, BackendProblem) for one in came].count(False) == 1
