"""Danger over several messages: adding up, staying, easing, ending, whose, business in between."""

from __future__ import annotations

import pytest

from assistant.actions.danger_mode import CALM_SECONDS, CALM_TURNS, DangerMode, WatchedMessage, after
from assistant.understanding.danger import HeardDanger, heard_danger, is_eased
from assistant.understanding.danger_kinds import DangerKind, Whose

PLAN = HeardDanger(sign=1.5, kind=DangerKind.PLAN)
SIGN = HeardDanger(sign=0.7, kind=DangerKind.SIGN)
NOTHING = HeardDanger(sign=-3)


def went(*messages: WatchedMessage) -> DangerMode:
    """The mode after messages."""
    mode = DangerMode()
    for said in messages:
        mode = after(mode, said)
    return mode


def test_signs_add_up() -> None:
    """One deserves a word beside the answer; the second is danger."""
    assert went(WatchedMessage(text="狗送人了", heard=SIGN)).says == "care"
    after_two = went(WatchedMessage(text="狗送人了", heard=SIGN), WatchedMessage(text="账都结清了", heard=SIGN))
    assert (after_two.mode, after_two.kind, after_two.says) == ("danger", DangerKind.PASSIVE, "new")


def test_signs_with_much_between_do_not_add_up() -> None:
    """What was said before counts less with every message; the word of care is said once."""
    between = [WatchedMessage(text="失业金怎么领", heard=NOTHING, intent="ask_steps", confidence=0.9)] * 3
    mode = went(WatchedMessage(text="狗送人了", heard=SIGN), *between, WatchedMessage(text="账都结清了", heard=SIGN))
    assert (mode.mode, mode.says) == ("normal", None)


def test_it_stays_with_the_person() -> None:
    """No menu for what is said next, and never the same twice."""
    first = went(
        WatchedMessage(text="今晚就走", heard=PLAN),
        WatchedMessage(text="你不懂", heard=NOTHING, intent="abuse", confidence=0.9),
    )
    assert (first.mode, first.says, first.stays) == ("danger", "stays", 1)
    again = after(first, WatchedMessage(text="今晚就走", heard=PLAN))
    assert (again.says, again.stays) == ("stays", 2)


def test_a_question_in_danger_is_answered_in_short_and_a_case_goes_on() -> None:
    """Somebody in danger who asks is answered."""
    danger = went(WatchedMessage(text="今晚就走", heard=PLAN))
    asked = after(danger, WatchedMessage(text="卡还能刷不", heard=NOTHING, intent="ask_eligibility", confidence=0.9))
    assert (asked.mode, asked.says) == ("danger", "business")
    begun = after(danger, WatchedMessage(text="帮我办", heard=NOTHING, intent="start_case", confidence=0.9))
    assert (begun.mode, begun.says) == ("danger", None)


def test_it_eases_and_is_over() -> None:
    """「警察来了」 eases; a weak sign brings it back; after a few messages it is a conversation like others."""
    eased = went(WatchedMessage(text="他在砸门", heard=PLAN), WatchedMessage(text="警察来了", heard=NOTHING))
    assert (eased.mode, eased.says) == ("eased", "eased")
    assert after(eased, WatchedMessage(text="又来了", heard=SIGN)).mode == "danger"
    calm = eased
    for _ in range(3):
        calm = after(calm, WatchedMessage(text="谢谢", heard=NOTHING))
    assert calm.mode == "normal"


def test_it_ends_by_turns_and_time_together() -> None:
    """Six messages without a sign are not enough within minutes."""
    quiet = [WatchedMessage(text="嗯", heard=NOTHING, at=60)] * CALM_TURNS
    danger = went(WatchedMessage(text="今晚就走", heard=PLAN, at=0), *quiet)
    assert after(danger, WatchedMessage(text="嗯", heard=NOTHING, at=120)).mode == "danger"
    assert after(danger, WatchedMessage(text="嗯", heard=NOTHING, at=CALM_SECONDS + 1)).mode == "normal"


def test_fraud_asked_then_paid_is_told_anew() -> None:
    """Once money is gone, other numbers come first."""
    asked = HeardDanger(sign=1.2, kind=DangerKind.FRAUD_ASKED)
    paid = HeardDanger(sign=1.2, kind=DangerKind.FRAUD_PAID)
    mode = went(WatchedMessage(text="喊我共享屏幕", heard=asked), WatchedMessage(text="八千出去了", heard=paid))
    assert (mode.kind, mode.says) == (DangerKind.FRAUD_PAID, "new")


@pytest.mark.parametrize(
    ("said", "whose"), [("我女儿说不想活了", Whose.OTHER), ("我不想活了", Whose.SELF), ("工友说要跳楼", Whose.OTHER)]
)
def test_whose(said: str, whose: Whose) -> None:
    """By the subject of the clause."""
    assert heard_danger(said, None).whose is whose


def test_what_eases() -> None:
    """Help that came, not help that is wanted."""
    assert is_eased("警察来了")
    assert is_eased("我好点了，继续办")
    assert not is_eased("帮我报警")
