"""What somebody takes back of what they told: whose it is, the year of birth, the years paid; and what changes by it."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.dialogue.changes import taken_back
from assistant.dialogue.facts.whose import meant_instead
from assistant.dialogue.observing import observed
from assistant.dialogue.state import Computed, DialogueState
from backend.contracts.facts import Certainty, KnownFact
from backend.contracts.turns import Turn

TODAY = date(2026, 3, 2)


def known(fact: str, value: str, holder: str = "me", said_in: str = "message-1") -> KnownFact:
    """A fact as stated."""
    return KnownFact(holder=holder, fact=fact, least=value, most=value, certainty=Certainty.STATED, said_in=said_in)


def after(text: str, *facts: KnownFact, rule: str = "retirement_age") -> dict[tuple[str, str], tuple[str, str]]:
    """The facts after a message that follows a result which stands on ``facts``."""
    holder = facts[0].holder
    state = DialogueState(
        message_id="message-1", seq=2, facts=facts, computed=Computed(rule=rule, holder=holder, seq=2, facts=facts)
    )
    turn = Turn(message_id="message-2", seq=3, channel="web", text=text)
    return {(one.holder, one.fact): (one.least, one.most) for one in observed(state, turn, text, TODAY).facts}


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ("不是我，是我爱人", "spouse"),
        ("不是我是我妈", "mother"),
        ("说错了，不是我，是我老公的", "husband"),
        ("不是我自己，问的是我弟", "brother"),
        ("不是我，是公司", None),
        ("不是我不想办", None),
        ("我爱人", None),
        ("不是辞职，是被辞退的", None),
    ],
)
def test_whose_it_is_instead(said: str, whom: str | None) -> None:
    """A person named instead of the speaker; nothing else."""
    assert meant_instead(said) == whom


def test_what_the_result_stood_on_becomes_the_others() -> None:
    """Theirs are the facts, with the sex that follows from who they are; who comes stays the speaker's."""
    facts = after("不是我，是我妈", known("birth", "1970-05"), known("sex", "man"), known("goes_self", "yes"))
    assert facts["mother", "birth"] == ("1970-05", "1970-05")
    assert facts["mother", "sex"] == ("woman", "woman")
    assert ("me", "birth") not in facts
    assert ("me", "goes_self") in facts


def test_a_year_of_birth_put_right_keeps_its_month() -> None:
    """「说错了，是79年的」 after 「77年8月」; a year that is no correction is only a year."""
    assert after("说错了，是79年的", known("birth", "1977-08", "mother"))["mother", "birth"] == ("1979-08", "1979-08")
    assert after("那79年的呢", known("birth", "1977-08"))["me", "birth"] == ("1977-08", "1977-08")


def test_years_paid_put_right_are_of_the_branch_of_the_result() -> None:
    """「我记错了，只交了四年」 after a result on unemployment insurance."""
    facts = after("我记错了，只交了四年", known("paid_unemployment", "73"), rule="unemployment_benefit_months")
    assert facts["me", "paid_unemployment"] == ("48", "48")


def test_what_is_said_to_have_changed() -> None:
    """What was stated otherwise in this message; not what is only supposed, nor what stays."""
    before = (known("paid_unemployment", "73"), known("sex", "man"))
    now = known("paid_unemployment", "48", said_in="message-2")
    assert taken_back(before, {"paid_unemployment": now, "sex": before[1]}, (now, before[1]), "message-2") == [
        "失业保险缴了6年1个月"
    ]
    assert taken_back(before, {"paid_unemployment": now}, before, "message-2") == []
