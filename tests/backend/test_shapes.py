"""Shapes that travel and are stored: every card, button and open question comes back as it was, also those of yesterday."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from backend.client.calculators import CalculatorsClient
from backend.client.catalogue import CatalogueClient
from backend.client.conversations import ConversationsClient
from backend.client.notices import NoticesClient
from backend.contracts.calculators import CalculationResult
from backend.contracts.cards import AnswerCard, Card, CaseCard, GuideCard, NoticeCard
from backend.contracts.choices import ChoiceKind, ChoiceValue, UnknownChoice, readable_choice
from backend.contracts.conversations import Message, NewMessage, NewReply
from backend.contracts.notices import NoticeRequest
from backend.contracts.pending import (
    ConfirmWithdrawal,
    EditField,
    ForWhom,
    LookUp,
    Pending,
    WhichCase,
    WhichItem,
    read_pending,
)
from backend.contracts.replies import (
    Choice,
    DeskRendering,
    Expects,
    Outcome,
    Reply,
    ReplyMessage,
    Understood,
    WebRendering,
)
from backend.one_window.conversations.models import MessageRow
from backend.platform.http import DATABASE
from tests.conftest import Hall

ARGUMENTS = {
    ChoiceKind.WHO: "other",
    ChoiceKind.CASE: "submit",
    ChoiceKind.FACT: "by_proxy:yes",
    ChoiceKind.STATUS: "",
    ChoiceKind.FEEDBACK: "complaint",
    ChoiceKind.RATE: "5",
    ChoiceKind.RATE_REASON: "2:trips",
    **dict.fromkeys(
        (ChoiceKind.WITHDRAW_NO, ChoiceKind.SKIP, ChoiceKind.NONE, ChoiceKind.SEND_AGAIN, ChoiceKind.HAS_NONE), ""
    ),
}
EVERY_CHOICE = [ChoiceValue(kind, ARGUMENTS.get(kind, "单位辞退：其他")) for kind in ChoiceKind]


async def every_card(hall: Hall, conversation: str) -> dict[str, Card]:
    """One card of each sort, made from what the hall has."""
    catalogue = hall.assistant.part(CatalogueClient)
    asked = await hall.assistant.part(CalculatorsClient).rule("trial_period")
    result = CalculationResult(
        rule=asked.id, title=asked.title, verdict="试用期最多2个月。", explanation=(), unsure=(), figures={},
        basis=asked.basis, sources=asked.sources, items=(), policy_answers=(), computed_on=hall.clock.now().date(),
    )  # fmt: skip
    notice = await hall.assistant.part(NoticesClient).issue(
        NoticeRequest(item="LJ-SY-001", situation={"by_proxy": True}), conversation=conversation, key=hall.key()
    )
    return {
        "guide": GuideCard.of(await catalogue.guide("LJ-SY-001")),
        "answer": AnswerCard.of(await catalogue.policy_answer("Q001")),
        "result": AnswerCard.of_result(result),
        "notice": NoticeCard(notice=notice),
        "case": CaseCard.of(await hall.submitted(conversation)),
    }


def saying(card: Card | None = None, *choices: Choice) -> ReplyMessage:
    """A message with a card and buttons."""
    web = WebRendering(text="您看。", choices=choices, card=card)
    return ReplyMessage(web=web, speech="您看。", desk=DeskRendering(card=card, script="您看。"))


def replying(*messages: ReplyMessage) -> Reply:
    """A reply of these messages."""
    understood = Understood(intent="ask_guide", outcome=Outcome.ANSWERED)
    return Reply(messages=messages, expects=Expects(kind="choice"), understood=understood, catalogue_version=1)


@pytest.mark.both_databases
async def test_every_card_and_button_comes_back_as_the_assistant_made_it(hall: Hall) -> None:
    """Through the backend and its database."""
    spoken = hall.connectors.part(ConversationsClient)
    conversation = await hall.conversation()
    cards = list((await every_card(hall, conversation)).values())
    buttons = [Choice(say="按", choice=choice) for choice in EVERY_CHOICE]
    asked = await spoken.add_message(conversation, NewMessage(message_id="browser-0001", text="都给我看"))
    reply = replying(*(saying(card) for card in cards), saying(None, *buttons))
    stored = await spoken.add_reply(conversation, NewReply(in_reply_to=asked.message_id, reply=reply))
    assert [message.content for message in stored.messages] == list(reply.messages)
    assert stored.messages[-1].expects == reply.expects
    read = await spoken.messages(conversation, after=stored.messages[0].seq - 1)
    assert read.messages == stored.messages


@pytest.mark.parametrize("choice", EVERY_CHOICE, ids=str)
def test_every_choice_is_read_as_it_was_written(choice: ChoiceValue) -> None:
    assert ChoiceValue.parse(str(choice)) == choice


@pytest.mark.parametrize(
    "sent", ["", "nothing", "nothing:LJ-SY-001", "who:cousin", "case:burn", "fact:by_proxy", "skip:1", "item:", "rule"]
)
async def test_an_unknown_choice_is_refused_with_the_field_named(hall: Hall, sent: str) -> None:
    """The conversation goes on."""
    with pytest.raises(UnknownChoice):
        ChoiceValue.parse(sent)
    assert readable_choice(sent) is None
    async with hall.browser() as browser:
        address = f"{hall.base}/conversations/{await hall.conversation()}/messages"
        headers = {"Authorization": hall.connectors._headers["Authorization"]}
        body = {"message_id": "browser-0001", "choice": sent}
        async with browser.session.post(address, json=body, headers=headers) as refused:
            problem = await refused.json()
    assert (refused.status, problem["field"]) == (422, "choice")
    assert "选项" in problem["detail"]


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("answer:Q012", ChoiceValue(ChoiceKind.POLICY_ANSWER, "Q012")),
        ("answer:单位辞退或裁员", ChoiceValue(ChoiceKind.FORM_VALUE, "单位辞退或裁员")),
        ("answer:是", ChoiceValue(ChoiceKind.FORM_VALUE, "是")),
    ],
)
def test_what_a_button_of_yesterdays_page_sends_is_understood(sent: str, meant: ChoiceValue) -> None:
    """``answer:`` once meant two things; each has its own kind now."""
    assert ChoiceValue.parse(sent) == meant


async def stored_before(hall: Hall, conversation: str, content: dict[str, Any], choice: str | None = None) -> Message:
    """A message as an earlier version has left it in the database, read today."""
    await hall.say(conversation, "在吗")
    async with hall.server.app[DATABASE].write() as session:
        row = (await session.scalars(select(MessageRow))).one()
        row.sender, row.content, row.choice, row.expects = "assistant", content, choice, {"kind": "choice"}
    (message,) = (await hall.connectors.part(ConversationsClient).messages(conversation)).messages
    return message


GUIDE_BEFORE = {
    "kind": "guide",
    "guide": {
        "code": "LJ-SY-001", "name": "失业保险金申领", "plain_name": "领失业金", "version": 1,
        "published_on": "2026-11-01", "answers": [], "basis": ["《失业保险条例》第十四条"], "page": "",
    },
}  # fmt: skip
CASE_BEFORE = {
    "kind": "case",
    "case": {
        "number_text": "1261 1230 0014", "item_name": "失业保险金申领", "state": "submitted", "state_text": "已提交",
        "sentence": "已经收到。", "due_text": "", "supplement": [], "notice": None,
    },
}  # fmt: skip


@pytest.mark.parametrize("card", [GUIDE_BEFORE, CASE_BEFORE, None], ids=["guide", "case", "none"])
async def test_a_conversation_of_an_earlier_version_is_read(hall: Hall, card: dict[str, Any] | None) -> None:
    """Fields that are gone are left aside, fields that were not there yet are empty, buttons mean what they meant."""
    choices = [{"say": "看这个", "choice": "answer:Q012"}, {"say": "本人办", "choice": "fact:by_proxy:no"}]
    content = {
        "web": {"text": "您看。", "choices": choices, "card": card},
        "speech": "您看。",
        "desk": {"card": card, "script": "您看。"},
    }
    read = await stored_before(hall, await hall.conversation(), content, choice="answer:Q012")
    assert read.content is not None
    web = read.content.web
    assert (None if web.card is None else web.card.kind) == (None if card is None else card["kind"])
    assert [str(choice.choice) for choice in web.choices] == ["policy_answer:Q012", "fact:by_proxy:no"]
    assert read.choice == web.choices[0].choice


async def test_of_what_nobody_can_read_any_more_the_words_are_left(hall: Hall) -> None:
    """One card of a kind that is gone does not take the conversation away."""
    content = {"web": {"text": "您看。", "choices": [], "card": {"kind": "map"}}, "speech": "您看吧。", "desk": {}}
    read = await stored_before(hall, await hall.conversation(), content, choice="gone:1")
    assert read.content is not None
    assert (read.content.web.text, read.content.speech, read.content.web.card) == ("您看。", "您看吧。", None)
    assert read.choice is None


@pytest.mark.parametrize(
    "question",
    [
        WhichItem(codes=(ChoiceValue(ChoiceKind.ITEM, "LJ-SY-001"), ChoiceValue(ChoiceKind.TOPIC, "medical")), then="ask_fee"),
        WhichCase(codes=(ChoiceValue(ChoiceKind.STATUS, "c1"),), names=("领失业金",)),
        ForWhom(item="LJ-SY-001"),
        LookUp(step="code", number="126112300014", phone="⟦phone:0123456789⟧"),
        ConfirmWithdrawal(case="c1"),
        EditField(),
    ],
    ids=lambda question: question.kind,
)  # fmt: skip
def test_the_open_question_comes_back_from_the_tracker(question: Pending) -> None:
    assert read_pending(question.model_dump(mode="json")) == question


@pytest.mark.parametrize(
    "kept", [None, {}, {"kind": "gone"}, {"kind": "which_item", "codes": ["gone:1"]}, "which_item"]
)
def test_an_open_question_that_nobody_knows_any_more_is_none(kept: Any) -> None:
    """The tracker is a cache; the citizen asks once more."""
    assert read_pending(kept) is None


def test_buttons_offered_by_an_earlier_version_are_still_open() -> None:
    kept = {"kind": "which_item", "then": "ask_guide", "codes": ["item:LJ-SY-001", "answer:Q012"]}
    question = read_pending(kept)
    assert isinstance(question, WhichItem)
    assert question.codes[1] == ChoiceValue(ChoiceKind.POLICY_ANSWER, "Q012")
