"""Answers at their edges: how far ahead and back a day may be, and which words leave two days open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from backend.contracts.calculator_content import QuestionKind, RuleQuestion
from backend.language.months import Month
from backend.one_window.calculators.reading import next_question, read_answers
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
    with pytest.raises(InvalidError) as refused:
        read_answers((month,), {"answer": "2037年1月"}, TODAY)
    assert "2036年12月" in refused.value.detail


def test_the_earliest_month_itself_is_taken() -> None:
    """Of a question with a bound of its own, to the month."""
    bounded = question(QuestionKind.MONTH).model_copy(update={"earliest": date(2000, 5, 1)})
    assert read_answers((bounded,), {"answer": "2000年5月"}, TODAY).get("answer", Month) == Month(2000, 5)
    with pytest.raises(InvalidError, match=r"field\.before"):
        read_answers((bounded,), {"answer": "2000年4月"}, TODAY)


def test_a_month_told_by_its_lunar_day_is_ours() -> None:
    """「三月初七」 of 1968 is in April; a day that no lunar month has is asked again."""
    month = question(QuestionKind.MONTH)
    assert read_answers((month,), {"answer": "68年三月初七"}, TODAY).get("answer", Month) == Month(1968, 4)
    assert read_answers((month,), {"answer": "一九六八年冬月廿"}, TODAY).get("answer", Month) == Month(1969, 1)
    assert refusal(QuestionKind.MONTH, "1868年3月") == "field.month"


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


def test_what_may_be_left_out_is_asked_once() -> None:
    """Skipped it is asked no more; what is required comes again."""
    needed, free = (
        question(QuestionKind.DATE),
        question(QuestionKind.YES_NO).model_copy(update={"id": "free", "required": False}),
    )
    both = (needed, free)
    assert next_question(both, {}, ["answer"], TODAY) == needed
    assert next_question(both, {"answer": "昨天"}, [], TODAY) == free
    assert next_question(both, {"answer": "昨天"}, ["free"], TODAY) is None


@pytest.mark.parametrize(
    ("kind", "said", "problem"),
    [
        (QuestionKind.DURATION, "四五年", "amount.several_lengths"),
        (QuestionKind.DURATION, "三到五年", "amount.several_lengths"),
        (QuestionKind.DURATION, "15年3月到现在", "field.duration"),
        (QuestionKind.NUMBER, "两三个月", "amount.several"),
        (QuestionKind.NUMBER, "七八个", "amount.several"),
    ],
)
def test_of_two_lengths_none_is_taken(kind: QuestionKind, said: str, problem: str) -> None:
    """It is asked which; 「四五年」 is not 45."""
    asked = RuleQuestion(id="answer", label="多久", question="多久？", kind=kind, least=Decimal(0), most=Decimal(600))
    with pytest.raises(InvalidError) as refused:
        read_answers((asked,), {"answer": said}, TODAY)
    assert refused.value.name == problem
