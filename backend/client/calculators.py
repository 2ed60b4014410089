"""Rules that compute."""

from __future__ import annotations

from collections.abc import Mapping

from backend.client.transport import ClientPart
from backend.contracts.calculator_content import RuleQuestion
from backend.contracts.calculators import CalculationResult, NextQuestion, RuleAnswers, RuleList, RuleProgress, RuleView


class CalculatorsClient(ClientPart):
    """Rules that compute."""

    async def rules_of(self, item: str = "", *, topic: str = "", policy_answer: str = "") -> list[RuleView]:
        """Rules that can be computed for an item, a topic or a policy answer; all of them without a filter."""
        asked = {"item": item, "topic": topic, "policy_answer": policy_answer}
        params = {name: value for name, value in asked.items() if value}
        return list((await self.get("/rules", RuleList, params=params)).rules)

    async def compute(self, rule: str, answers: Mapping[str, str]) -> CalculationResult:
        """What a rule comes to; BackendProblem (422, ``problem.field``) names the question to ask (again)."""
        return await self.post(f"/rules/{rule}/compute", RuleAnswers(answers=dict(answers)), CalculationResult)

    async def rule(self, rule: str) -> RuleView:
        """One rule."""
        return await self.get(f"/rules/{rule}", RuleView)

    async def next_question(self, rule: str, progress: RuleProgress) -> RuleQuestion | None:
        """What to ask next, None when it can be computed; BackendProblem (422) says what is wrong with an answer."""
        return (await self.post(f"/rules/{rule}/next-question", progress, NextQuestion)).question
