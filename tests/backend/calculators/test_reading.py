"""Answers at their edges: how far ahead and back a day may be, and which words leave two days open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.contracts.calculator_content import QuestionKind, RuleQuestion
from backend.language.months import Month
from backend.one_window.calculators.reading import read_answers
from backend.platform.errors import InvalidError
from tests.backend.calculators.asking import TODAY


def question(kind: QuestionKind) -> RuleQuestion:
    """One without bounds of its own."""
    return RuleQuestion(id="answer", label="那天", question="是哪天？", kind=kind)


def refusal(kind: QuestionKind, said: str) -> str:
    """The problem of an answer that is refused."""
    with pytest.raises(InvalidError) as refused:
        read_answers((question(kind),), {"answer": said}, TODAY)
    assert refused.value.field == "answer"
    return refused.value.name


def test_ten_years_ahead_is_the_end_and_1950_the_beginning() -> None:
    """To the month, and for days from the first of January 1950."""
    month, day = question(QuestionKind.MONTH), question(QuestionKind.DATE)
    assert read_answers((month,), {"answer": "2036年12月"}, TODAY).get("answer", Month) == Month(2036, 12)
    assert read_answers((day,), {"answer": "2036年12月31日"}, TODAY).get("answer", date) == date(2036, 12, 31)
    assert read_answers((day,), {"answer": "1950年1月1日"}, TODAY).get("answer", date) == date(1950, 1, 1)
    assert refusal(QuestionKind.MONTH, "2037年1月") == refusal(QuestionKind.DATE, "2037年1月1日") == "field.after"
    assert refusal(QuestionKind.DATE, "1949年12月31日") == "field.before"


def test_a_day_of_two_readings_is_asked_back_where_a_day_is_asked_for() -> None:
    """「7/3/1990」; where yes or no is asked for it is neither."""
    assert refusal(QuestionKind.DATE, "7/3/1990") == "field.which_day"
    assert refusal(QuestionKind.YES_NO, "7/3/1990") == "field.yes_no"


@pytest.mark.parametrize(
    ("kind", "said", "told"),
    [
        (QuestionKind.NUMBER, "31", "1到30"),
        (QuestionKind.MONEY, "31元", "1元到30元"),
        (QuestionKind.DURATION, "31个月", "1个月到2年6个月"),
    ],
)
def test_what_is_too_much_is_told_with_its_bounds(kind: QuestionKind, said: str, told: str) -> None:
    """In the unit that is asked for."""
    bounds = {"least": Decimal(1), "most": Decimal(30)}
    asked = RuleQuestion(id="answer", label="多少", question="有多少？", kind=kind, **bounds)
    with pytest.raises(InvalidError) as refused:
        read_answers((asked,), {"answer": said}, TODAY)
    assert told in refused.value.detail
