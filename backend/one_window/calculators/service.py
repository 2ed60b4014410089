"""The rules, as guides and the assistant use them."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from backend.contracts.calculators import CalculationResult, NextQuestion, RuleList, RuleProgress, RuleQuery, RuleView
from backend.one_window.calculators.reading import next_question
from backend.one_window.calculators.registry import RULES
from backend.one_window.calculators.rule import Rule
from backend.one_window.parameters.service import ParametersService
from backend.platform.clock import Clock, local_date
from backend.platform.errors import NotFoundError
from backend.platform.working_days import WorkingCalendar


class CalculatorsService:
    """Lists and computes rules. Nothing that is answered is kept or logged."""

    def __init__(self, calendar: WorkingCalendar, clock: Clock, parameters: ParametersService) -> None:
        self._parameters = parameters
        self._calendar = calendar
        self._clock = clock

    def list_rules(self, query: RuleQuery) -> RuleList:
        """Rules that belong to an item, a topic or a policy answer; all of them without a filter."""
        return RuleList(rules=tuple(rule.view for rule in RULES.values() if _asked_for(rule, query)))

    def rule(self, rule_id: str) -> RuleView:
        """One rule. Raises NotFoundError."""
        return self._known(rule_id).view

    def next_question(self, rule_id: str, progress: RuleProgress) -> NextQuestion:
        """What is to be asked next. Raises NotFoundError, InvalidError (``field``: the question whose answer does not do)."""
        questions = self._known(rule_id).content.questions
        today = local_date(self._clock.now())
        return NextQuestion(question=next_question(questions, progress.answers, progress.skipped, today))

    async def compute(self, session: AsyncSession, rule_id: str, answers: Mapping[str, str]) -> CalculationResult:
        """What the rule comes to today, with the local figures that are published. Raises NotFoundError, InvalidError (``field``: the question's id)."""
        rule, figures = self._known(rule_id), await self._parameters.figures(session)
        return rule.compute(answers, local_date(self._clock.now()), self._calendar, figures)

    def _known(self, rule_id: str) -> Rule:
        if rule_id not in RULES:
            raise NotFoundError("rule.unknown")
        return RULES[rule_id]


def _asked_for(rule: Rule, query: RuleQuery) -> bool:
    content = rule.content
    return (
        (not query.item or query.item in content.items)
        and (not query.topic or query.topic == content.topic)
        and (not query.policy_answer or query.policy_answer in content.policy_answers)
    )


CALCULATORS = web.AppKey("rules", CalculatorsService)
