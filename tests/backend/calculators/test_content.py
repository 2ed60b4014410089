"""Every rule: complete content, answers as people write them, refusals that name the question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from backend.contracts.calculator_content import QuestionKind, RuleContent, RuleQuestion
from backend.contracts.catalogue_content import Basis
from backend.one_window.calculators.reading import next_question
from backend.one_window.calculators.registry import RULES, unknown_references
from backend.one_window.calculators.rule import Worksheet, read_content
from backend.one_window.calculators.wording import DATA
from backend.one_window.catalogue.delivered import edition
from backend.platform.errors import InvalidError
from backend.platform.working_days import WorkingCalendar
from tests.backend.calculators.asking import TODAY, ask, tried

IDS = sorted(RULES)
COMPOSED = {
    "from_left_on", "from_known_on", "by_task", "part_time", "months", "months_and_days", "sum", "sum_and_days",
}  # fmt: skip
"""Sentences whose names the modules put together."""


def plausible(question: RuleQuestion) -> st.SearchStrategy[str]:
    """What people may answer to a question, right or wrong."""
    match question.kind:
        case QuestionKind.DATE:
            return st.dates(date(1960, 1, 1), date(2030, 1, 1)).map(str)
        case QuestionKind.MONTH:
            return st.builds("{}年{}月".format, st.integers(1940, 2027), st.integers(1, 12))
        case QuestionKind.DURATION:
            return st.builds("{}年{}个月".format, st.integers(0, 30), st.integers(0, 11))
        case QuestionKind.NUMBER:
            return st.integers(int(question.least or 0), int(question.most or 0)).map(str)
        case QuestionKind.MONEY:
            return st.decimals(1, 99_999, places=2).map(str)
        case _:
            return st.sampled_from(question.options)


@st.composite
def filled(draw: st.DrawFn) -> tuple[str, dict[str, str]]:
    """A rule with all its questions answered."""
    rule = draw(st.sampled_from(IDS))
    return rule, {question.id: draw(plausible(question)) for question in RULES[rule].content.questions}


@settings(max_examples=400, deadline=None)
@given(filled())
def test_whatever_is_answered_there_is_a_sentence(case: tuple[str, dict[str, str]]) -> None:
    """Every path has its sentences, nothing is left unfilled; an impossible answer names its question."""
    rule, answers = case
    outcome = tried(rule, answers)
    if isinstance(outcome, InvalidError):
        assert outcome.field in answers
        assert "{" not in outcome.detail
        return
    for line in (outcome.verdict, *outcome.explanation, *outcome.unsure):
        assert line
        assert not set(line) & set("{}")
    assert outcome.explanation or not outcome.figures
    assert outcome.sources


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(IDS), st.data())
def test_nonsense_is_refused_by_name(rule: str, data: st.DataObject) -> None:
    """Whatever is typed, the answer is a refusal that names the question, never a crash."""
    questions = RULES[rule].content.questions
    wild = st.text(max_size=60) | st.sampled_from(
        ["9" * 60, "-5", "亿" * 9, "9999年12月31日", "1年1月1日", "0", "十百千"]
    )
    answers = {question.id: data.draw(wild | plausible(question)) for question in questions}
    outcome = tried(rule, answers)
    assert not isinstance(outcome, InvalidError) or outcome.field in answers


@pytest.mark.parametrize("rule", IDS)
def test_asked_one_by_one_the_next_question_is_named(rule: str) -> None:
    """The assistant asks what the refusal names until there is a verdict."""
    answers: dict[str, str] = {}
    while isinstance(refusal := tried(rule, answers), InvalidError):
        assert refusal.name == "field.required"
        assert refusal.field not in answers
        answers[str(refusal.field)] = _simple(RULES[rule].content.question(str(refusal.field)))
    assert refusal.verdict


def _simple(question: RuleQuestion) -> str:
    simple = {
        QuestionKind.DATE: TODAY.isoformat(),
        QuestionKind.MONTH: "1970年1月",
        QuestionKind.MONEY: "5000",
        QuestionKind.DURATION: "1年",
        QuestionKind.NUMBER: str(question.least),
    }
    return simple.get(question.kind) or question.options[0]


@pytest.mark.parametrize("rule", IDS)
def test_every_sentence_is_used(rule: str) -> None:
    """The file holds no sentence the module does not say (a renamed one would be missed only when it is needed)."""
    source = (DATA.parent / "rules" / f"{rule}.py").read_text("utf-8")
    unused = {name for name in RULES[rule].content.sentences if f'"{name}"' not in source} - COMPOSED
    assert not unused


def test_rules_belong_to_what_the_catalogue_has() -> None:
    """Items, topics and policy answers exist; answers are checked once some are delivered."""
    found = edition()
    answers = set(found.policy_answers) or {name for rule in RULES.values() for name in rule.content.policy_answers}
    assert unknown_references(set(found.items), set(found.topics), answers) == []
    assert unknown_references(set(), set(found.topics), answers)[0].startswith("rules/data/retirement_age.yaml：items")


@pytest.mark.parametrize("rule", IDS)
def test_every_source_is_cited_with_its_article(rule: str) -> None:
    """A rule without a read source is not told."""
    for source in RULES[rule].content.sources:
        assert source.basis is Basis.LAW
        assert source.article
        assert source.checked


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"basis": "local-to-confirm"}, "basis"),
        ({"sources": []}, "sources"),
        ({"unknown": 1}, "unknown"),
        ({"questions": [{"id": "a", "label": "甲", "question": "问", "kind": "number"}]}, "questions"),
        ({"questions": [{"id": "a", "label": "甲", "question": "问", "kind": "choice"}]}, "questions"),
        (
            {"questions": [{"id": "a", "label": "甲", "question": "问", "kind": "yes_no", "when": {"b": ["yes"]}}]},
            "when",
        ),
    ],
)
def test_a_broken_file_is_refused(change: Mapping[str, Any], where: str) -> None:
    """A misspelt field is found at the start, not by a citizen."""
    good = yaml.safe_load((DATA / "trial_period.yaml").read_text("utf-8"))
    with pytest.raises(ValidationError, match=where):
        RuleContent.model_validate({**good, **change})


@pytest.mark.parametrize(
    ("rule", "answers", "field", "problem"),
    [
        ("retirement_age", {}, "kind", "field.required"),
        ("retirement_age", {"kind": "男职工", "born": "很早"}, "born", "field.month"),
        ("retirement_age", {"kind": "男职工", "born": "2027-01"}, "born", "field.after"),
        ("retirement_age", {"kind": "外星人", "born": "1965-01"}, "kind", "field.choice"),
        ("minimum_contribution", {"year": "2032.5"}, "year", "field.whole_number"),
        ("unemployment_benefit_months", {"paid": "80年"}, "paid", "field.out_of_range"),
        ("unemployment_benefit_months", {"paid": "很久"}, "paid", "field.duration"),
        ("unemployment_benefit_months", {"paid": "-5"}, "paid", "field.duration"),
        ("disability_lump_sum", {"grade": "11"}, "grade", "field.whole_number"),
        ("disability_lump_sum", {"grade": "3", "wage": "0"}, "wage", "field.out_of_range"),
        ("work_injury_claim_deadline", {"happened_on": "2026-12-01"}, "happened_on", "field.after"),
        ("resignation_notice", {"in_trial": "也许", "told_on": "今天"}, "in_trial", "field.yes_no"),
        ("resignation_notice", {"in_trial": "否", "told_on": "2999年1月1日"}, "told_on", "field.after"),
        ("severance_pay", {"reason": "unlawful", "began_on": "2020-01-02", "ended_on": "2020-01-01", "wage": "1"}, "ended_on", "field.before"),
        ("severance_pay", {"reason": "unlawful", "began_on": "2020-01-02", "ended_on": "2035-01-01", "wage": "1"}, "ended_on", "field.after"),
        ("double_wages", {"began_on": "2026-01-02", "contract": "left", "left_on": "2026-01-01"}, "left_on", "field.before"),
        ("double_wages", {"began_on": "2026-01-02", "contract": "signed", "signed_on": "2026-01-01"}, "signed_on", "field.before"),
        ("arbitration_limitation", {"dispute": "other", "known_on": "2026-01-02", "claimed": "是", "claimed_on": "2026-01-01"},
         "claimed_on", "field.before"),
        ("resignation_notice", {"in_trial": "否", "told_on": "2028年1月1日"}, "told_on", "field.after"),
        ("medical_period", {"worked": "3年", "worked_here": "4年"}, "worked_here", "field.longer_than"),
        ("annual_leave_days",
         {"worked": "3年", "unbroken": "是", "newcomer": "是", "joined_on": "2025-12-31", "absence": "none"}, "joined_on",
         "field.not_this_year"),
        ("trial_period", {"contract": "by_task", "colour": "红"}, "colour", "rule.question_unknown"),
    ],
)  # fmt: skip
def test_wrong_answers_name_their_question(rule: str, answers: dict[str, str], field: str, problem: str) -> None:
    """Bad input is refused with the field and a plain sentence."""
    with pytest.raises(InvalidError) as caught:
        ask(rule, **answers)
    assert (caught.value.field, caught.value.name) == (field, problem)


@pytest.mark.parametrize(
    ("ended", "problem", "limit"),
    [
        ("2035年1月1日", "field.after", "不能晚于2027年11月23日"),
        ("2019年12月31日", "field.before", "不能早于入职那天（2020年1月2日）"),
    ],
)
def test_a_date_that_contradicts_is_asked_again_at_once(ended: str, problem: str, limit: str) -> None:
    """Who is asked one by one learns it before the next question; the limit is named, and its own day is allowed."""
    questions = RULES["severance_pay"].content.questions
    said = {"reason": "unlawful", "began_on": "2020-01-02"}
    with pytest.raises(InvalidError) as caught:
        next_question(questions, said | {"ended_on": ended}, (), TODAY)
    assert (caught.value.field, caught.value.name) == ("ended_on", problem)
    assert limit in caught.value.detail
    for day in ("2020-01-02", "2027-11-23"):
        asked = next_question(questions, said | {"ended_on": day}, (), TODAY)
        assert asked is not None
        assert asked.id == "wage"


@pytest.mark.parametrize(("said", "button"), [("可以的", "是"), ("没问题", "是"), ("不对", "否"), ("不可以", "否")])
def test_yes_and_no_are_those_of_the_forms(said: str, button: str) -> None:
    """One reader for all: 「不可以」 is no, 「没问题」 is yes."""
    told = "2026-11-01"
    assert ask("resignation_notice", in_trial=said, told_on=told) == ask(
        "resignation_notice", in_trial=button, told_on=told
    )


def test_a_worksheet_writes_the_same_for_the_same_answers() -> None:
    """Rules are pure: the same day and answers give the same sheet, and one sheet leaves nothing in the next."""
    answers = {"kind": "man", "born": "1970-05"}
    assert ask("retirement_age", **answers) == ask("retirement_age", **answers)
    assert Worksheet(read_content("retirement_age"), TODAY, WorkingCalendar()).outcome("not_raised").explanation == ()
