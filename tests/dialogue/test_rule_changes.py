"""What is told to a calculator: answers, corrections of several answers at once, values of other facts, parts of dates."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from assistant.dialogue.message import DialogueMessage
from assistant.dialogue.rule_changes import (
    SaidToRule,
    changes,
    is_of_another,
    known_now,
    says_fault,
    supposes,
    told_answers,
)
from assistant.dialogue.rule_kept import answered_facts, reopened_facts
from assistant.dialogue.rule_progress import RuleForm
from assistant.dialogue.rule_values import dated, fits, put_right, read_part
from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.facts import ME, Certainty, KnownFact
from backend.language.date_parts import DatePart, part_of, read_date_part
from backend.one_window.calculators.registry import RULES

TODAY = date(2026, 11, 28)
PAY = {"reason": "employer", "began_on": "2015年3月1日", "ended_on": "2020年3月1日", "wage": "5000"}
BENEFIT = {"paid": "六年", "left_months": "还剩3个月", "near_retirement": "不是"}


def questions(rule: str) -> tuple[RuleQuestion, ...]:
    """A calculator's questions."""
    return RULES[rule].content.questions


def answered(rule: str, answers: dict[str, str]) -> RuleForm:
    """A calculation of which all was answered in this order."""
    form = RuleForm(id=rule)
    for name, said in answers.items():
        form = form.with_answer(name, said)
    return form


def corrected(rule: str, answers: dict[str, str], text: str, now: str | None = None) -> dict[str, str] | None:
    """What a message corrects of these answers; ``now``: the question that is open."""
    open_now = None if now is None else RULES[rule].content.question(now)
    return changes(SaidToRule(text, "m", TODAY), questions(rule), answered(rule, answers), open_now)


def test_after_a_result_every_answer_can_be_put_right() -> None:
    """By its value, its name, its sort, in several pieces; also as a supposition."""
    table: list[tuple[str, dict[str, str], str, dict[str, str] | None]] = [
        ("severance_pay", PAY, "不对，工资是6000", {"wage": "6000"}),
        ("severance_pay", PAY, "不对，是6000", {"wage": "6000"}),
        ("severance_pay", PAY, "写错了，4500", {"wage": "4500"}),
        ("severance_pay", PAY, "不是5000，是6000", {"wage": "6000"}),
        ("severance_pay", PAY, "不对，2014年3月1日入职的", {"began_on": "2014-03-01"}),
        ("severance_pay", PAY, "说错了，2014年3月1日入职，工资6000", {"began_on": "2014-03-01", "wage": "6000"}),
        ("severance_pay", PAY, "不对，是2021年3月1日走的", {"ended_on": "2021-03-01"}),
        ("severance_pay", PAY, "入职日期错了，是2014年5月6号", {"began_on": "2014年5月6号"}),
        ("severance_pay", PAY, "不对，是2021年", {"ended_on": "2021-03-01"}),
        ("severance_pay", PAY, "要是工资是6000呢", {"wage": "6000"}),
        ("severance_pay", PAY, "那8000呢", {"wage": "8000"}),
        ("unemployment_benefit_months", {**BENEFIT, "left_months": "没领过"}, "不对，13个月", {"paid": "13个月"}),
        ("unemployment_benefit_months", BENEFIT, "不对，是五年整", {"paid": "五年整"}),
        ("unemployment_benefit_months", BENEFIT, "不对，还剩5个月", {"left_months": "还剩5个月"}),
        ("unemployment_benefit_months", BENEFIT, "不对，是五年整，没领过", {"paid": "五年整", "left_months": "没领过"}),
        ("unemployment_benefit_months", BENEFIT, "那13年呢", {"paid": "13年"}),
        ("retirement_age", {"kind": "man", "born": "1971年5月"}, "不对，写错了，是七三年", {"born": "1973-05"}),
        ("retirement_age", {"kind": "man", "born": "1971年5月"}, "不对，是73年的", {"born": "1973-05"}),
        ("retirement_age", {"kind": "man", "born": "1971年5月"}, "说错了，是8月", {"born": "1971-08"}),
        ("disability_lump_sum", {"grade": "9", "wage": "4000"}, "要是八级呢", {"grade": "八级"}),
        ("disability_lump_sum", {"grade": "9", "wage": "4000"}, "那要是5000呢", {"wage": "5000"}),
        ("severance_pay", PAY, "好的谢谢", None),
        ("severance_pay", PAY, "要带什么材料", None),
        ("severance_pay", PAY, "不对，我问的是失业金", None),
        ("severance_pay", PAY, "那要多久呢", None),
    ]  # fmt: skip
    found = [(rule, text, corrected(rule, answers, text), wanted) for rule, answers, text, wanted in table]
    assert [one for one in found if one[2] != one[3]] == []


def test_while_a_question_is_open_the_answers_before_it_can_be_put_right() -> None:
    """One of them, the last, or one together with the open answer; what only says that it is wrong opens it again."""
    before = {"reason": "employer", "began_on": "2015年3月1日"}
    table: list[tuple[str, dict[str, str] | None]] = [
        ("不对，是2016年3月1日", {"began_on": "2016年3月1日"}),
        ("不对，是2016年3月1日，2020年3月1日走的", {"ended_on": "2020-03-01", "began_on": "2016年3月1日"}),
        ("上一个填错了", {"began_on": ""}),
        ("入职那天错了，是2016年3月1日", {"began_on": "2016年3月1日"}),
        ("2020年3月1日", None),
    ]
    found = [(text, corrected("severance_pay", before, text, "ended_on"), wanted) for text, wanted in table]
    assert [one for one in found if one[1] != one[2]] == []


def answers_of(rule: str, text: str, answers: dict[str, str] | None = None, **before: str) -> dict[str, str]:
    """What a message answers, with facts known before."""
    message = SaidToRule(text, "m", TODAY)
    known = {
        name: KnownFact(holder=ME, fact=name, least=value, most=value, certainty=Certainty.STATED)
        for name, value in before.items()
    }
    return told_answers(questions(rule), known_now(message, message.facts(), questions(rule)), known, answers or {})


def test_a_fact_told_anew_goes_before_what_was_known() -> None:
    """And what was known before fills only what is open."""
    assert (
        answers_of("severance_pay", "工资6000", {"reason": "employer", "wage": "5000"}, wage="5000")["wage"] == "6000"
    )
    assert answers_of("severance_pay", "对的", {"reason": "employer", "wage": "7000"}, wage="5000") == {}
    assert answers_of("unemployment_benefit_months", "社保交了13个月") == {"paid": "13个月"}


def test_a_value_belongs_to_the_fact_of_its_clause() -> None:
    """The day of signing or leaving is not the first day of work; a wage is no length."""
    table = [
        ("double_wages", "began_on", "签了，三个月前签的", True), ("double_wages", "began_on", "上上个月底走的", True),
        ("double_wages", "began_on", "上个月20号补签的合同", True), ("double_wages", "began_on", "2025年6月1号上的班", False),
        ("double_wages", "began_on", "2025年6月1号", False), ("double_wages", "began_on", "2025年6月1号，2026年3月走的", False),
        ("severance_pay", "ended_on", "2015年3月1日入职的", True), ("severance_pay", "wage", "干了六年", True),
        ("severance_pay", "wage", "6000", False), ("unemployment_benefit_months", "paid", "工资3500", True),
        ("unemployment_benefit_months", "paid", "养老保险交了9年", True), ("unemployment_benefit_months", "paid", "交了9年", False),
        ("medical_period", "worked_total", "干了12年", False),
    ]  # fmt: skip
    wrong = []
    for rule, name, text, wanted in table:
        message = SaidToRule(text, "m", TODAY)
        question = next(one for one in questions(rule) if name in {one.id, one.fact})
        if is_of_another(question, message.facts(), message) is not wanted:
            wrong.append((rule, name, text))
    assert wrong == []


def test_a_fault_alone_answers_why_somebody_left() -> None:
    """To the question, or after one's own wish was told; not after the employer's."""
    reason = RULES["severance_pay"].content.question("reason")
    for text in ("他欠我三个月工资", "老板不交社保", "两个月没发工资了"):
        assert says_fault(reason, text, {}) == says_fault(reason, text, {"reason": "own"}) == "fault"
        assert says_fault(reason, text, {"reason": "employer"}) is None
    assert says_fault(reason, "工资都结清了", {"reason": "own"}) is None


def test_a_supposition_is_told_from_a_question() -> None:
    """It has a figure, and nothing else is asked."""
    assert [supposes(text) for text in ("要是九级呢", "那13个月呢", "换成6000呢", "如果是2019年的话")] == [
        "九级",
        "13个月",
        "6000",
        "2019年",
    ]
    assert [supposes(text) for text in ("那材料呢", "13个月", "要带什么呢", "好的")] == [None] * 4


def test_what_was_taken_back_stands_nowhere() -> None:
    """A fact that was known is put right or forgotten; one that was not known is not added."""
    facts = tuple(
        KnownFact(holder=ME, fact=name, least=value, most=value, certainty=Certainty.STATED, said_in="before")
        for name, value in (("birth", "1971-05"), ("sex", "man"))
    )
    message = DialogueMessage(id="now", text="", today=TODAY)
    asked = questions("retirement_age")
    right = {fact.fact: fact.least for fact in answered_facts(facts, ME, asked, {"born": "1973-05"}, message)}
    assert right == {"birth": "1973-05", "sex": "man"}
    assert [fact.fact for fact in answered_facts(facts, ME, asked, {"born": "不知道"}, message)] == ["sex"]
    assert answered_facts((), ME, asked, {"born": "1973-05"}, message) == ()
    assert [fact.fact for fact in reopened_facts(facts, asked, {"born": ""})] == ["sex"]


@given(day=st.dates(date(1951, 1, 1), date(2026, 11, 1)), lead=st.sampled_from(("", "是", "我是", "应该是", "大概")))
def test_the_parts_of_a_date_make_it(day: date, lead: str) -> None:
    """Told one after the other, in two figures of the year or four; each leaves the others as they were."""
    whole = part_of(day)
    year, month = read_date_part(f"{lead}{day.year}年", TODAY), read_date_part(f"{lead}{day.month}月", TODAY)
    last = read_date_part(f"{lead}{day.day}号", TODAY)
    assert year == DatePart(day.year)
    assert month == DatePart(month=day.month)
    assert last == DatePart(day=day.day)
    assert year is not None
    assert month is not None
    assert last is not None
    assert last.over(month.over(year)) == whole
    assert read_date_part(f"{lead}{day.year}年{day.month}月", TODAY) == DatePart(day.year, day.month)
    assert read_date_part(str(DatePart(day.year, day.month)), TODAY) == DatePart(day.year, day.month)
    assert whole.as_day == day
    began = RULES["severance_pay"].content.question("began_on")
    assert put_right(began, str(day), f"{lead}2001年", TODAY) in {None, f"2001-{day:%m-%d}"}
    assert dated(began, whole) == str(day)


def test_a_year_alone_is_a_part_and_a_length_is_none() -> None:
    """「73年」 of a date is a year; 「3年半」「三年前」「6000」 are no part of one."""
    birth: Any = next(one for one in questions("retirement_age") if one.fact == "birth")
    for said, part in {
        "73年": DatePart(1973),
        "七三年的": DatePart(1973),
        "18年": DatePart(2018),
        "一九六八年": DatePart(1968),
    }.items():
        assert read_part(birth, said, TODAY) == part
    for said in ("73年5月", "3年半", "三年前", "6000", "属牛", "农历68年三月初七", "五年多"):
        assert read_part(birth, said, TODAY) is None, said
    assert fits(birth, "73年5月", TODAY)
