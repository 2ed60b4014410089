"""Danger over several messages: adding up, staying, easing, ending, whose, business in between."""

from __future__ import annotations

import itertools
from datetime import date
from typing import Any

import pytest

from assistant.dialogue.danger_mode import CALM_SECONDS, CALM_TURNS, DangerMode, after
from assistant.dialogue.message import DialogueMessage
from assistant.understanding.danger_kinds import DangerKind, HeardDanger, Whose
from assistant.understanding.danger_words import heard_danger, is_eased

PLAN = HeardDanger(sign=1.5, kind=DangerKind.PLAN)
SIGN = HeardDanger(sign=0.7, kind=DangerKind.SIGN)
NOTHING = HeardDanger(sign=-3)
_IDS = itertools.count()


def said(text: str, danger: HeardDanger, **about: Any) -> DialogueMessage:
    """A message of which so much is heard."""
    return DialogueMessage(id=f"m{next(_IDS)}", text=text, today=date(2026, 3, 2), danger=danger, **about)


def went(*messages: DialogueMessage) -> DangerMode:
    """The mode after messages."""
    mode = DangerMode()
    for message in messages:
        mode = after(mode, message)
    return mode


def test_signs_add_up() -> None:
    """One deserves a word beside the answer; the second is danger."""
    assert went(said("狗送人了", SIGN)).says == "care"
    after_two = went(said("狗送人了", SIGN), said("账都结清了", SIGN))
    assert (after_two.mode, after_two.kind, after_two.says) == ("danger", DangerKind.PASSIVE, "new")


@pytest.mark.parametrize("asked", [{"form": "rule_form"}, {"pending": "notice"}])
def test_a_few_words_to_our_question_are_no_danger_by_what_is_learnt_alone(asked: dict[str, str]) -> None:
    """「自己走的」 says how work ended. What the list knows, what is told at length and what is said to no question is believed."""
    assert went(said("自己走的", PLAN, **asked)).mode == "normal"
    assert went(said("自己走的", PLAN)).mode == "danger"
    assert went(said("不想活了", PLAN.model_copy(update={"listed": True}), **asked)).mode == "danger"
    assert went(said("我自己先走一步了", PLAN, **asked)).mode == "danger"
    assert went(said("他在砸门", HeardDanger(sign=1.2, kind=DangerKind.DOMESTIC), **asked)).mode == "danger"
    assert went(said("都完了", PLAN, **asked), said("没人管我", SIGN, **asked)).mode == "danger"
    lost = HeardDanger(sign=1.2, kind=DangerKind.CHILD)
    assert went(said("不见了", lost, **asked)).mode == "normal"
    assert went(said("娃娃不见了", lost, **asked)).mode == "danger"


@pytest.mark.parametrize("text", ["领完了", "早着呢", "没得了", "一个月都没有"])
def test_that_there_is_none_and_that_a_time_is_far_off_is_no_sign_at_a_form(text: str) -> None:
    """Said twice it adds up to nothing; where no question is open, and what the list has, counts as ever."""
    learnt = HeardDanger(sign=0.9, kind=DangerKind.PASSIVE)
    assert went(said(text, learnt, form="rule_form"), said(text, learnt, form="rule_form")).mode == "normal"
    assert went(said(text, learnt), said(text, learnt)).mode == "danger"
    listed = learnt.model_copy(update={"sign": 1.5, "listed": True})
    assert went(said(text, listed, form="rule_form")).mode == "danger"


def test_signs_with_much_between_do_not_add_up() -> None:
    """What was said before counts less with every message; the word of care is said once."""
    between = [said("失业金怎么领", NOTHING, intent="ask_steps", confidence=0.9) for _ in range(3)]
    mode = went(said("狗送人了", SIGN), *between, said("账都结清了", SIGN))
    assert (mode.mode, mode.says) == ("normal", None)


def test_it_stays_with_the_person() -> None:
    """No menu for what is said next, and never the same twice."""
    first = went(
        said("今晚就走", PLAN),
        said("你不懂", NOTHING, intent="abuse", confidence=0.9),
    )
    assert (first.mode, first.says, first.stays) == ("danger", "stays", 1)
    again = after(first, said("今晚就走", PLAN))
    assert (again.says, again.stays) == ("stays", 2)


def test_a_question_in_danger_is_answered_in_short_and_a_case_goes_on() -> None:
    """Somebody in danger who asks is answered."""
    danger = went(said("今晚就走", PLAN))
    asked = after(danger, said("卡还能刷不", NOTHING, intent="ask_eligibility", confidence=0.9))
    assert (asked.mode, asked.says) == ("danger", "business")
    begun = after(danger, said("帮我办", NOTHING, intent="start_case", confidence=0.9))
    assert (begun.mode, begun.says) == ("danger", None)


def test_it_eases_and_is_over() -> None:
    """「警察来了」 eases; a weak sign brings it back; after a few messages it is a conversation like others."""
    eased = went(said("他在砸门", PLAN), said("警察来了", NOTHING))
    assert (eased.mode, eased.says) == ("eased", "eased")
    assert after(eased, said("又来了", SIGN)).mode == "danger"
    calm = eased
    for _ in range(3):
        calm = after(calm, said("谢谢", NOTHING))
    assert calm.mode == "normal"


def test_it_ends_by_turns_and_time_together() -> None:
    """Six messages without a sign are not enough within minutes."""
    quiet = [said("嗯", NOTHING, at=60) for _ in range(CALM_TURNS)]
    danger = went(said("今晚就走", PLAN, at=0), *quiet)
    assert after(danger, said("嗯", NOTHING, at=120)).mode == "danger"
    assert after(danger, said("嗯", NOTHING, at=CALM_SECONDS + 1)).mode == "normal"


def test_fraud_asked_then_paid_is_told_anew() -> None:
    """Once money is gone, other numbers come first."""
    asked = HeardDanger(sign=1.2, kind=DangerKind.FRAUD_ASKED)
    paid = HeardDanger(sign=1.2, kind=DangerKind.FRAUD_PAID)
    mode = went(said("喊我共享屏幕", asked), said("八千出去了", paid))
    assert (mode.kind, mode.says) == (DangerKind.FRAUD_PAID, "new")


@pytest.mark.parametrize(
    ("text", "whose"), [("我女儿说不想活了", Whose.OTHER), ("我不想活了", Whose.SELF), ("工友说要跳楼", Whose.OTHER)]
)
def test_whose(text: str, whose: Whose) -> None:
    """By the subject of the clause."""
    assert heard_danger(text, None).whose is whose


def test_what_eases() -> None:
    """Help that came, not help that is wanted."""
    assert is_eased("警察来了")
    assert is_eased("我好点了，继续办")
    assert is_eased("没有危险，是卡不见了")
    assert is_eased("你误会了")
    assert not is_eased("帮我报警")
    assert not is_eased("没有人管我")
    assert not is_eased("他误会了我就动手")


def test_a_message_that_comes_again_changes_nothing() -> None:
    """Its sign counts once, it is said once."""
    message = said("狗送人了", SIGN)
    once = went(message)
    assert after(once, message) == once


def test_a_form_that_was_begun_in_danger_takes_its_answers() -> None:
    """Who starts a case all the same is not stopped at every field."""
    danger = went(said("今晚就走", PLAN))
    assert after(danger, said("和秀英", NOTHING, form="case_form")).says is None
    assert after(danger, said("我跳了", PLAN, form="case_form")).says == "stays"
