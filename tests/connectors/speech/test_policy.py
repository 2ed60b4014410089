"""Money, eligibility and personal numbers are never answered from what was heard unsurely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.speech.policy import Next, next_step, policy, weighty
from connectors.speech.recognition.transcription import FREE, Alternative, Expected, Transcription

CHOICE = Expected("choice", ("提交", "修改"))
ID = Expected("digits", of="id", length=18)


def transcription(confidence: float, text: str = "提交", rival: float | None = None) -> Transcription:
    others = () if rival is None else (Alternative("修改", rival),)
    return Transcription(text, confidence, alternatives=others)


def test_what_was_heard_surely_is_taken() -> None:
    assert next_step(transcription(0.95), FREE) is Next.ACCEPT
    assert next_step(transcription(0.95), ID) is Next.ACCEPT


def test_what_was_not_heard_is_asked_again_then_a_person_comes() -> None:
    nothing = transcription(0.0, "")
    assert [next_step(nothing, FREE, asked_again=times) for times in range(3)] == [
        Next.ASK_AGAIN,
        Next.ASK_AGAIN,
        Next.PERSON,
    ]


@pytest.mark.parametrize("intent", ["ask_amount", "ask_fee", "ask_eligibility"])
@given(confidence=st.floats(0, 1), rival=st.floats(0, 1), asked=st.integers(0, 5))
def test_money_and_eligibility_are_not_answered_unsurely(
    intent: str, confidence: float, rival: float, asked: int
) -> None:
    step = next_step(transcription(confidence, rival=rival), FREE, intent=intent, asked_again=asked)
    assert step is not Next.ACCEPT or confidence >= policy().weighty.accept


@given(confidence=st.floats(0, 1), asked=st.integers(0, 5))
def test_numbers_of_a_person_are_read_back_unless_heard_surely(confidence: float, asked: int) -> None:
    step = next_step(transcription(confidence, "530799199003070018"), ID, asked_again=asked)
    assert step is not Next.ACCEPT or confidence >= policy().weighty.accept


def test_a_number_heard_fairly_is_read_back() -> None:
    assert next_step(transcription(0.7, "530799199003070018"), ID) is Next.CONFIRM


def test_two_meanings_nearly_equal_are_asked_about() -> None:
    assert next_step(transcription(0.7, rival=0.68), CHOICE) is Next.CHOOSE
    assert next_step(transcription(1.0, rival=0.95), CHOICE) is Next.ACCEPT


def test_a_plain_question_needs_less_certainty_than_one_about_money() -> None:
    assert next_step(transcription(0.65), FREE, intent="ask_hours") is Next.ACCEPT
    assert next_step(transcription(0.65), FREE, intent="ask_amount") is Next.CONFIRM
    assert not weighty(FREE, "ask_hours")


def test_the_limits_make_sense() -> None:
    limits = policy()
    assert limits.plain.confirm < limits.plain.accept < limits.weighty.accept
    assert limits.weighty.confirm >= limits.plain.accept
