"""The rules over HTTP: anyone may ask, nothing is kept, refusals are problems."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from backend.client import BackendProblem
from backend.client.calculators import CalculatorsClient
from backend.contracts.calculators import RuleProgress
from backend.one_window.calculators.registry import RULES
from backend.platform.events import EventRow
from backend.platform.http import DATABASE
from tests.conftest import Hall


async def test_the_rules_of_an_item(hall: Hall) -> None:
    """A guide offers the calculators of its item, in a fixed order, with questions and sources."""
    rules = await hall.assistant.part(CalculatorsClient).rules_of("LJ-YL-001")
    assert [rule.id for rule in rules] == ["retirement_age", "minimum_contribution", "pension_estimate"]
    assert rules[0].questions[0].choices
    assert rules[0].sources[0].article == "第一条"
    assert [rule.id for rule in await hall.assistant.part(CalculatorsClient).rules_of(policy_answer="Q119")] == [
        "annual_leave_days"
    ]
    assert {rule.id for rule in await hall.assistant.part(CalculatorsClient).rules_of(topic="arbitration")} == {
        "arbitration_limitation"
    }
    assert await hall.assistant.part(CalculatorsClient).rules_of("LJ-JY-001") == []
    assert len(await hall.assistant.part(CalculatorsClient).rules_of()) == len(RULES)


async def test_computing_through_the_client(hall: Hall) -> None:
    """The assistant passes on what was said."""
    outcome = await hall.assistant.part(CalculatorsClient).compute(
        "retirement_age", {"kind": "男职工", "born": "1968年3月"}
    )
    assert outcome.verdict == "您的法定退休年龄是60岁10个月，2029年1月到龄。"
    assert outcome.items[0] == "LJ-YL-001"
    assert outcome.computed_on.isoformat() == "2026-11-23"


async def test_a_refusal_names_the_question(hall: Hall) -> None:
    """422 with ``field``, a sentence to show as it is."""
    with pytest.raises(BackendProblem) as caught:
        await hall.assistant.part(CalculatorsClient).compute("retirement_age", {"kind": "man"})
    problem = caught.value.problem
    assert (problem.status, problem.field) == (422, "born")
    assert problem.detail == "请填「出生年月」，这一项不能空着。"


async def test_anyone_may_compute_without_signing_in(hall: Hall) -> None:
    """A guide's visitor is nobody yet; an unknown rule is a 404."""
    async with hall.browser() as browser:
        status, shown = await browser.get("/rules/trial_period")
        assert (status, shown["id"]) == (200, "trial_period")
        status, outcome = await browser.post("/rules/trial_period/compute", {"answers": {"contract": "open_ended"}})
        assert (status, outcome["verdict"]) == (200, "试用期最长6个月。")
        assert (await browser.get("/rules/horoscope"))[0] == 404
        assert (await browser.post("/rules/horoscope/compute", {"answers": {}}))[0] == 404
        status, _ = await browser.post("/rules/trial_period/compute", {"answers": {"contract": "长" * 200}})
        assert status == 422


async def test_nothing_of_it_is_kept(hall: Hall) -> None:
    """Birth month and wages leave no event behind."""
    async with hall.server.app[DATABASE].read() as session:
        before = await session.scalar(select(func.count()).select_from(EventRow))
        await hall.assistant.part(CalculatorsClient).compute("retirement_age", {"kind": "man", "born": "1968-03"})
        assert await session.scalar(select(func.count()).select_from(EventRow)) == before


async def test_questions_come_one_by_one(hall: Hall) -> None:
    """What applies and is neither answered nor left out is asked next; an answer that does not do is named at once."""
    asked = []
    progress = RuleProgress(answers={})
    while (
        question := await hall.assistant.part(CalculatorsClient).next_question("unemployment_benefit_months", progress)
    ) is not None:
        asked.append(question.id)
        said = {**progress.answers, "paid": "6年"} if question.required else progress.answers
        skipped = progress.skipped if question.required else (*progress.skipped, question.id)
        progress = RuleProgress(answers=said, skipped=skipped)
    assert asked == ["paid", "left_months", "near_retirement"]
    with pytest.raises(BackendProblem) as caught:
        await hall.assistant.part(CalculatorsClient).next_question(
            "retirement_age", RuleProgress(answers={"kind": "男职工", "born": "很久"})
        )
    assert (caught.value.problem.status, caught.value.problem.field) == (422, "born")
