"""All rules by id, in the order people look for them."""

from __future__ import annotations

from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.facts import unknown_facts
from backend.one_window.calculators.rule import Rule
from backend.one_window.calculators.rules import (
    annual_leave_days,
    arbitration_limitation,
    disability_lump_sum,
    double_wages,
    maternity_leave_days,
    medical_period,
    minimum_contribution,
    overtime_and_leave_pay,
    pension_estimate,
    resignation_notice,
    retirement_age,
    severance_pay,
    supervision_limit,
    survivors_payments,
    suspended_work_period,
    trial_period,
    unemployment_benefit_months,
    work_injury_claim_deadline,
)

RULES: dict[str, Rule] = {
    module.RULE.content.id: module.RULE
    for module in (
        retirement_age,
        minimum_contribution,
        pension_estimate,
        survivors_payments,
        unemployment_benefit_months,
        work_injury_claim_deadline,
        suspended_work_period,
        disability_lump_sum,
        maternity_leave_days,
        arbitration_limitation,
        supervision_limit,
        severance_pay,
        double_wages,
        trial_period,
        resignation_notice,
        annual_leave_days,
        overtime_and_leave_pay,
        medical_period,
    )
}


def unknown_question_facts() -> list[str]:
    """What questions and their choices name that is no fact, or no value of it, for the check command."""
    return [
        f"calculators/data/{rule_id}.yaml：{question.id}：{problem}"
        for rule_id, rule in RULES.items()
        for question in rule.content.questions
        for used in _facts_of(question)
        for problem in unknown_facts(used)
    ]


def _facts_of(question: RuleQuestion) -> list[dict[str, tuple[str, ...]]]:
    own: dict[str, tuple[str, ...]] = {} if question.fact is None else {question.fact: question.options}
    return [own, *(dict(choice.facts) for choice in question.choices)]


def unknown_references(items: set[str], topics: set[str], policy_answers: set[str]) -> list[str]:
    """What rules name that the catalogue does not have, for the check command."""
    return [
        f"rules/data/{rule_id}.yaml：{field}「{name}」目录里没有，请改成有的，或从这里删去"
        for rule_id, rule in RULES.items()
        for field, names, known in (
            ("items", rule.content.items, items),
            ("topic", (rule.content.topic,), topics),
            ("policy_answers", rule.content.policy_answers, policy_answers),
        )
        for name in names
        if name not in known
    ]
