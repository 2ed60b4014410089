"""Small reports of evaluations, made the way ``./daoban evaluate`` makes them, for the tests of figures and of the page."""

from __future__ import annotations

from typing import Any

from assistant.evaluation.report import make_report
from assistant.evaluation.scoring import Question, Result
from backend.contracts.replies import AlternativeItem, Outcome
from tests.conftest import ID_NUMBER

LOST_CARD = "我那个卡着人捡走了咋个办"
WITH_NUMBER = f"我{ID_NUMBER}断缴两个月要不要补"
LONG_STORY = "我在古城做了六年前台，" * 20 + "这个月老板喊我不用来了"

OFFERED = AlternativeItem(item="LJ-SB-001", item_name="企业参保登记", topic="contributions", confidence=0.4)


def asked(
    number: int, text: str, topic: str | None, *items: str, policy: bool = False, answerable: str = "yes"
) -> Question:
    """A labelled question."""
    return Question(id=f"q{number}", text=text, topic=topic, item_codes=items, policy=policy, answerable=answerable)


def made(
    question: Question,
    outcome: Outcome,
    item: str | None,
    topic: str | None,
    *offered: AlternativeItem,
    sure: float = 0.8,
) -> Result:
    """What was made of it."""
    return Result(
        id=question.id,
        text=question.text,
        intent="ask_guide",
        item=item,
        item_name=None if item is None else f"事项{item}",
        topic=topic,
        confidence=sure,
        alternatives=offered,
        outcome=outcome,
        reply="带上身份证。",
    )


def report(*, better: bool = False) -> dict[str, Any]:
    """Seven questions: right, wrong topic, wrong item, clarified without, not understood, two of other offices.

    ``better``: the lost card and the long story are understood, a question that was right is not.
    """
    right = asked(1, "失业金怎么领", "unemployment", "LJ-SY-001")
    lost = asked(2, LOST_CARD, "social_card", "LJ-XX-004")
    number = asked(3, WITH_NUMBER, "contributions", policy=True)
    long = asked(4, LONG_STORY, "unemployment", "LJ-SY-001")
    clarified = asked(5, "娃娃刚毕业咋个报到", "talent_archives", "LJ-RC-001")
    fund = asked(6, "公积金怎么提", "out_of_scope", answerable="no")
    passport = asked(7, "护照在哪里办", "out_of_scope", answerable="no")
    pairs = [
        (right, made(right, Outcome.NOT_UNDERSTOOD if better else Outcome.ANSWERED, "LJ-SY-001", "unemployment")),
        (
            lost,
            made(lost, Outcome.ANSWERED, "LJ-XX-004", "social_card")
            if better
            else made(lost, Outcome.ANSWERED, "LJ-YB-001", "medical", sure=0.93),
        ),
        (number, made(number, Outcome.NOT_UNDERSTOOD, None, None, sure=0.2)),
        (long, made(long, Outcome.ANSWERED, "LJ-SY-001" if better else "LJ-SY-002", "unemployment")),
        (clarified, made(clarified, Outcome.CLARIFY, None, None, OFFERED, sure=0.3)),
        (fund, made(fund, Outcome.CLARIFY, None, None, OFFERED, sure=0.4)),
        (passport, made(passport, Outcome.NOT_OURS, None, "out_of_scope")),
    ]
    return make_report(pairs)
