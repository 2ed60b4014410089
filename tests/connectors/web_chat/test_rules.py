"""What is decided on a transcription, and how a stored reply is read. No sound, no socket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.replies.speech import for_ear
from backend.contracts.choices import ChoiceKind, ChoiceValue
from backend.contracts.conversations import Message
from backend.contracts.replies import Choice, DeskRendering, DigitsExpected, Expects, ReplyMessage, WebRendering
from backend.contracts.turns import Identifier
from connectors.speech.policy import Next
from connectors.speech.recognition.null import Script
from connectors.speech.recognition.transcription import FREE, Alternative, EndReason, Expected, Transcription
from connectors.speech.speech import null_speech
from connectors.speech.text.spelling import spell
from connectors.web_chat.voice import (
    VoiceOffer,
    decide,
    expected_after,
    holds_weighty,
    offer,
    readable,
    too_unsure_to_send,
    voice_data,
)

NUMBER = "530799199003070018"
MASKED = "530***********0018"


def message(text: str, *, speech: str = "", choices: Sequence[Choice] = (), **about: Any) -> Message:
    web = WebRendering(text=text, choices=tuple(choices))
    content = ReplyMessage(web=web, speech=speech, desk=DeskRendering(script=text)) if speech or choices else None
    return Message(
        seq=1, message_id="m1", sender="assistant", at=datetime.now(UTC), text=text, content=content, **about
    )


def test_what_was_heard_surely_is_shown() -> None:
    decision = decide(Transcription("领失业金要带什么", 0.9), FREE, 0)
    assert (decision.advice, decision.text) == (Next.ACCEPT, "领失业金要带什么")


def test_what_was_heard_badly_is_not_shown_but_asked_again_then_a_person_helps() -> None:
    decisions = [decide(Transcription("里没听清", 0.2), FREE, times) for times in range(3)]
    assert [decision.advice for decision in decisions] == [Next.ASK_AGAIN, Next.ASK_AGAIN, Next.PERSON]
    assert {decision.text for decision in decisions} == {""}
    assert "12333" in decisions[-1].sentence


@pytest.mark.parametrize("said", [NUMBER, "一三八零零零零零零零一", "我要领三千五百元", "1万元", "罚200块钱"])
def test_numbers_and_money_are_never_taken_from_low_confidence(said: str) -> None:
    assert holds_weighty(said)
    assert decide(Transcription(said, 0.55), FREE, 0).text == "", "a plain sentence heard as surely would be shown"
    assert decide(Transcription(said, 0.7), FREE, 0).name == "confirm_weighty"
    assert too_unsure_to_send(said, 0.55)
    assert not too_unsure_to_send(said, 0.9)


@pytest.mark.parametrize("said", ["领失业金要带什么", "我今年五十五岁", "十二月五号去的"])
def test_other_sentences_are_not_weighty(said: str) -> None:
    assert not holds_weighty(said)
    assert not too_unsure_to_send(said, 0.1)


@given(st.floats(0, 1), st.integers(0, 3))
def test_whatever_is_shown_was_heard_surely_enough(confidence: float, times: int) -> None:
    shown = decide(Transcription(f"号码{NUMBER}", confidence), FREE, times).text
    assert not shown or confidence >= 0.6


def test_silence_is_told_from_what_was_not_understood() -> None:
    assert decide(Transcription("", 0.0, ended=EndReason.NOTHING), FREE, 0).name == "nothing"
    assert decide(Transcription("", 0.0, ended=EndReason.SILENCE), FREE, 0).name == "ask_again"


def test_two_buttons_that_sound_alike_are_offered() -> None:
    transcription = Transcription("提交", 0.8, alternatives=(Alternative("提高", 0.79),))
    decision = decide(transcription, Expected("choice", ("提交", "提高")), 0)
    assert (decision.advice, decision.alternatives) == (Next.CHOOSE, ("提高",))


def test_what_is_expected_follows_the_reply() -> None:
    digits = message("号码？", expects=Expects(kind="digits", digits=DigitsExpected(of="id", length=18)))
    assert expected_after(digits) == Expected("digits", of="id", length=18)
    choices = [Choice(say="本人办", choice=ChoiceValue(ChoiceKind.WHO, "self"))]
    choosing = Expects(kind="choice")
    assert expected_after(message("谁办？", choices=choices, expects=choosing)).phrases == ("本人办",)
    assert expected_after(message("好", expects=choosing)) == FREE
    assert expected_after(message("好")) == FREE


def kept(placeholder: str) -> Identifier:
    return Identifier(placeholder=placeholder, kind="id", valid=True, problem="", masked=MASKED)


def test_of_a_personal_number_only_the_tail_is_read() -> None:
    """Whatever the vault's placeholder looks like: 112… inside it once became 幺幺二 and the rest was read as stars."""
    for placeholder in ("⟦id:ab11234cde⟧", "⟦id:0123456789⟧"):
        spoken = for_ear(f"您的身份证号是{placeholder}，对吗？")
        read = readable(message(placeholder, speech=spoken, identifiers=(kept(placeholder),)))
        assert spell(read) == "您的身份证号是尾号零零幺八，对吗？"


@pytest.mark.parametrize(
    ("shown", "read"),
    [
        ("手机号是138****1101。", "手机号是尾号幺幺零幺。"),
        ("办件人和**，请看", "办件人和某某，请看"),
        ("号码****不对", "号码号码不对"),
        ("尾号是***********112X", "尾号是尾号幺幺二艾克斯"),
        ("请打12333", "请打幺二三三三"),
    ],
)
def test_masked_forms_are_read_as_people_say_them(shown: str, read: str) -> None:
    assert spell(readable(message("", speech=for_ear(shown)))) == read


@given(st.from_regex(r"[0-9]{3}\*{11}[0-9]{3}[0-9X]", fullmatch=True), st.sampled_from(["", "⟦phone:11a22b33c4⟧"]))
def test_no_star_and_no_hidden_figure_is_ever_read(masked: str, other: str) -> None:
    read = spell(readable(message("", speech=for_ear(f"号是{masked}，{other}请核对"))))
    assert "星号" not in read
    assert "⟦" not in read
    assert read.startswith("号是尾号")


def test_without_permission_the_microphone_is_not_offered_and_the_page_is_told_why() -> None:
    assert offer(None) == VoiceOffer(can_record=False, can_read=False, sentence=voice_data().offer.closed)
    speech = null_speech(Script())
    assert offer(speech).can_record
    speech.free_speech = False
    assert offer(speech) == VoiceOffer(can_record=False, can_read=True, sentence=voice_data().offer.closed)
    speech.free_speech = speech.synthetic = True
    assert "听不懂真人" in offer(speech).sentence
    speech.close()
